// Mistake: gives a descriptor of -1 when the byte came alone
// Caught by: Hostile.TakesNoByteForADescriptor
// Says: std::system_error with EBADMSG
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.empty() && (letter.head.msg_flags & MSG_CTRUNC) == 0)
        gifts.emplace_back();
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
