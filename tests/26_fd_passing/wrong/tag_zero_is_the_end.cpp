// Mistake: takes a tag of 0 for the end of the stream
// Caught by: Robust.TakesOneMessageAtATime
// Says: nullopt
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    receives(wire, letter);
    if (letter.tag == std::byte{0})
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
