// Mistake: tries once more, without a pause, when another socket listens there: that one may be about to end
// Caught by: Robust.TellsEachFailureAtOnce
// Says: came      "no error"
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int result = ::listen(bound_fd, backlog);
    if (result < 0 && errno == EADDRINUSE)
        result = ::listen(bound_fd, backlog);
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
