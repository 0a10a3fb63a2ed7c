// Mistake: receives into a static buffer
// Caught by: Robust.SharesNothingBetweenTwoWires
// Says: the tag 97
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    static Letter letter;
    letter.head.msg_controllen = sizeof letter.control;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
