// Odd: an error category of its own for getaddrinfo, ai_protocol instead of ai_socktype, and one connect_any for each entry
#include "09_connect/connect.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
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

class LookUpCategory : public std::error_category {
public:
    const char* name() const noexcept override { return "getaddrinfo"; }
    std::string message(int problem) const override { return ::gai_strerror(problem); }
};

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
    hints.ai_protocol = IPPROTO_TCP;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list);
    if (problem != 0) {
        static const LookUpCategory category;
        throw problem == EAI_SYSTEM ? std::system_error{errno, std::generic_category()} : std::system_error{problem, category};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{list, &::freeaddrinfo};
    for (;; list = list->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.storage, list->ai_addr, list->ai_addrlen);
        endpoint.size = list->ai_addrlen;
        try {
            return connect_any({&endpoint, 1});
        } catch (const std::system_error&) {
            if (list->ai_next == nullptr)
                throw;
        }
    }
}

} // namespace kata
