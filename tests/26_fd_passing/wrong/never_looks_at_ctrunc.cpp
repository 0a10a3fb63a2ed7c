// Mistake: never looks at MSG_CTRUNC: one came, and that two were sent it does not hear
// Caught by: Hostile.NoticesWhatTheKernelThrewAway
// Says: std::system_error with EBADMSG
#include "26_fd_passing/rest.h"

namespace kata {

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
