// Mistake: takes every error of recv() for "nothing yet", and carries on until the limit is over
// Caught by: Robust.ClosesAlsoWhenItThrows
// Says: busy loop
#include "08_close/rest.h"

namespace kata {

std::optional<CloseResult> read_once(int fd)
{
    char unwanted[16384];
    const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    if (n == 0)
        return CloseResult::clean;
    return n < 0 && errno == ECONNRESET ? std::optional{CloseResult::peer_reset} : std::nullopt;
}

} // namespace kata
