// Mistake: takes every host for a numeric address
// Caught by: Works.TriesAllAddressesOfAName
// Says: not an address and port: db.test
#include "09_connect/connect.h"

#include <cerrno>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0 && errno == EINTR) {
    }
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

int try_to_connect(int fd, const Endpoint& to)
{
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

} // namespace

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    int error = 0;
    for (const Endpoint& to : candidates) {
        UniqueFd fd{::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
        error = fd ? try_to_connect(fd.get(), to) : errno;
        if (error == 0)
            return fd;
    }
    throw std::system_error{error, std::generic_category(), "connect"};
}

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    const bool v6 = host.find(':') != std::string_view::npos;
    const std::string name{host};
    const Endpoint endpoint = parse_endpoint((v6 ? "[" + name + "]" : name) + ":" + std::string{service});
    return connect_any({&endpoint, 1});
}

} // namespace kata
