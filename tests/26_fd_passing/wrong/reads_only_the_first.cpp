// Mistake: takes the first descriptor of a message, and leaks the others
// Caught by: Hostile.ClosesWhatItDidNotAskFor
// Says: EBADMSG for a message with two descriptors
#include "26_fd_passing/rest.h"

namespace kata {

std::vector<UniqueFd> gifts_of(Letter& letter)
{
    std::vector<UniqueFd> gifts;
    for (cmsghdr* part = CMSG_FIRSTHDR(&letter.head); part != nullptr; part = CMSG_NXTHDR(&letter.head, part))
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part), sizeof number);
            gifts.emplace_back(number);
        }
    return gifts;
}

} // namespace kata
