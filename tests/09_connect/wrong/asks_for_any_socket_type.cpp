// Mistake: leaves ai_socktype out, and connects a UDP socket where nobody listens
// Caught by: Works.TriesAllAddressesOfAName
// Says: it is another kind of socket
#include "09_connect/connect.h"

#include <cerrno>
#include <cstring>
#include <netdb.h>
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
    addrinfo hints{};
    addrinfo* list = nullptr;
    const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list);
    if (problem == EAI_SYSTEM)
        throw std::system_error{errno, std::generic_category(), "getaddrinfo"};
    if (problem != 0)
        throw std::runtime_error{::gai_strerror(problem)};
    int error = 0;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.storage, entry->ai_addr, entry->ai_addrlen);
        endpoint.size = entry->ai_addrlen;
        UniqueFd fd{::socket(entry->ai_family, entry->ai_socktype | SOCK_CLOEXEC, entry->ai_protocol)};
        error = fd ? try_to_connect(fd.get(), endpoint) : errno;
        if (error == 0) {
            ::freeaddrinfo(list);
            return fd;
        }
    }
    ::freeaddrinfo(list);
    throw std::system_error{error, std::generic_category(), "connect"};
}

} // namespace kata
