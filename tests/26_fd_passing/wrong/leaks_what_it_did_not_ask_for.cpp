// Mistake: says that there were too many descriptors, and closes none of them
// Caught by: Hostile.ClosesWhatItDidNotAskFor
// Says: descriptor 4 is closed after that
#include "26_fd_passing/rest.h"

namespace kata {

std::vector<UniqueFd> gifts_of(Letter& letter)
{
    std::vector<UniqueFd> gifts;
    for (cmsghdr* part = CMSG_FIRSTHDR(&letter.head); part != nullptr; part = CMSG_NXTHDR(&letter.head, part)) {
        if (part->cmsg_type != SCM_RIGHTS)
            continue;
        if (part->cmsg_len != CMSG_LEN(sizeof(int)))
            fail(EBADMSG, "recv_fd");
        int number = -1;
        std::memcpy(&number, CMSG_DATA(part), sizeof number);
        gifts.emplace_back(number);
    }
    return gifts;
}

} // namespace kata
