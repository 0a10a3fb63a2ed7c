// Mistake: takes the end of the stream for a message without a descriptor
// Caught by: Works.TellsTheEndOfTheStream
// Says: Bad message
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    receives(wire, letter);
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
