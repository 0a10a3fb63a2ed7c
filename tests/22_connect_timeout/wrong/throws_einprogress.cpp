// Mistake: takes EINPROGRESS for a failure
// Caught by: Works.Connects
// Says: threw EINPROGRESS
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

bool is_connected_to_itself(int fd, const Endpoint& to)
{
    const Endpoint own = local_endpoint(fd);
    return own.port() == to.port() && to_string(own) == to_string(peer_endpoint(fd));
}

} // namespace

UniqueFd connect_with_timeout(const Endpoint& to, int /*limit_ms*/)
{
    UniqueFd fd = open_socket(to.family(), SOCK_STREAM | SOCK_NONBLOCK);
    if (::connect(fd.get(), to.address(), to.size) < 0)
        fail(errno, "connect");
    if (is_connected_to_itself(fd.get(), to))
        fail(ECONNREFUSED, "connect");
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
    return fd;
}

} // namespace kata
