// Mistake: closes the pidfd only where it takes what was passed, and not behind EBADMSG
// Caught by: Robust.ClosesTheProcessThatComesAlong
// Says: after a message without a descriptor
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts;
    int pidfd = -1;
    for (cmsghdr* part = CMSG_FIRSTHDR(&letter.head); part != nullptr; part = CMSG_NXTHDR(&letter.head, part))
        for (std::size_t at = CMSG_LEN(0); brings_descriptors(*part) && at < part->cmsg_len; at += sizeof(int)) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + at - CMSG_LEN(0), sizeof number);
            if (part->cmsg_type == SCM_RIGHTS)
                gifts.emplace_back(number);
            else
                pidfd = number;
        }
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    UniqueFd{pidfd}.reset();
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
