// Odd: has room for all the descriptors that one message may bring, on the heap
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    std::vector<cmsghdr> control((CMSG_SPACE(253 * sizeof(int)) + 256) / sizeof(cmsghdr) + 1);
    Letter letter;
    letter.head.msg_control = control.data();
    letter.head.msg_controllen = control.size() * sizeof(cmsghdr);
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
