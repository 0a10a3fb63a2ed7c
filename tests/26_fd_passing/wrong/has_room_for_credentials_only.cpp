// Mistake: has room for one descriptor and for SCM_CREDENTIALS, and not for what else may come along
// Caught by: Robust.ClosesTheProcessThatComesAlong
// Says: threw EBADMSG
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    letter.head.msg_controllen = CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(ucred));
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
