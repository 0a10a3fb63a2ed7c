// Mistake: keeps the tag in an int, as getc(3) does, and takes -1 for the end: a byte of 255 in a char is -1
// Caught by: Robust.TakesOneMessageAtATime
// Says: EBADMSG
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    const int tag = static_cast<signed char>(letter.tag);
    if (tag == -1 || gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
