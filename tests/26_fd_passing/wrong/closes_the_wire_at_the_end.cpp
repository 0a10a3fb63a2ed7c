// Mistake: closes the wire when its stream has ended: it was only lent
// Caught by: Works.TellsTheEndOfTheStream
// Says: descriptor 3 is open after the end of the stream
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    if (receives(wire, letter) == 0) {
        ::close(wire);
        return std::nullopt;
    }
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
