// Mistake: takes the first control message, whatever it is
// Caught by: Robust.FindsItBehindOtherMessages
// Says: expected
#include "26_fd_passing/rest.h"

namespace kata {

std::vector<UniqueFd> gifts_of(Letter& letter)
{
    std::vector<UniqueFd> gifts;
    cmsghdr* const part = CMSG_FIRSTHDR(&letter.head);
    for (std::size_t at = CMSG_LEN(0); part != nullptr && at < part->cmsg_len; at += sizeof(int)) {
        int number = -1;
        std::memcpy(&number, CMSG_DATA(part) + at - CMSG_LEN(0), sizeof number);
        gifts.emplace_back(number);
    }
    return gifts;
}

} // namespace kata
