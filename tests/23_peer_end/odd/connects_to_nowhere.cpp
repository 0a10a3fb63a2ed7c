// Odd: aborts by connect() to AF_UNSPEC, which resets at once, whoever else has a copy
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const sockaddr nowhere{AF_UNSPEC, {}};
    int result = 0;
    while ((result = ::connect(fd.get(), &nowhere, sizeof nowhere)) < 0 && errno == EINTR) {
    }
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "connect"};
}

} // namespace kata
