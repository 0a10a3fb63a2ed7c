// Mistake: takes the bytes of the next messages, too
// Caught by: Robust.TakesOneMessageAtATime
// Says: -more
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    std::byte bytes[64];
    Letter letter;
    letter.piece = {bytes, sizeof bytes};
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), bytes[0]};
}

} // namespace kata
