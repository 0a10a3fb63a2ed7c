// Mistake: waits for a moment and tries again when the kernel is short of memory
// Caught by: Robust.TellsEachFailureAtOnce
// Says: came      "no error"
#include "04_listen/listen.h"

#include <cerrno>
#include <poll.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    int result = ::listen(bound_fd, backlog);
    if (result < 0 && (errno == ENOBUFS || errno == ENOMEM)) {
        ::poll(nullptr, 0, 20);
        result = ::listen(bound_fd, backlog);
    }
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
