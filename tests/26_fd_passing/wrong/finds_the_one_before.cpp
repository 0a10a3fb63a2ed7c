// Mistake: looks into its buffer also when nothing came with the byte: there is the number of the last one
// Caught by: Hostile.TakesNoByteForADescriptor
// Says: std::system_error with EBADMSG
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    static Letter letter;
    letter.head.msg_controllen = sizeof letter.control;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    if ((letter.head.msg_flags & MSG_CTRUNC) == 0)
        letter.head.msg_controllen = sizeof letter.control;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
