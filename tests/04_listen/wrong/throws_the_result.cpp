// Mistake: throws what listen returned, -1, in place of errno
// Caught by: Robust.SaysWhatCannotListen
// Says: came      "errno -1"
#include "04_listen/listen.h"

#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (const int error = ::listen(bound_fd, backlog); error != 0)
        throw std::system_error{error, std::generic_category(), "listen"};
}

} // namespace kata
