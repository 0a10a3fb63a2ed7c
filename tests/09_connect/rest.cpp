// A whole answer, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "09_connect/rest.h"

#include <memory>

namespace kata {

[[gnu::weak]] int wait_for_the_end(int fd)
{
    pollfd p{fd, POLLOUT, 0};
    while (::poll(&p, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

[[gnu::weak]] int try_to_connect(int fd, const Endpoint& to)
{
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

[[gnu::weak]] UniqueFd connect_any(std::span<const Endpoint> candidates)
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

[[gnu::weak]] void throw_lookup_error(int problem)
{
    if (problem == EAI_SYSTEM)
        throw std::system_error{errno, std::generic_category(), "getaddrinfo"};
    throw std::runtime_error{::gai_strerror(problem)};
}

[[gnu::weak]] std::vector<Endpoint> look_up(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list); problem != 0)
        throw_lookup_error(problem);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner{list, &::freeaddrinfo}; // emplace_back() may throw
    std::vector<Endpoint> candidates;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        Endpoint& endpoint = candidates.emplace_back();
        std::memcpy(&endpoint.storage, entry->ai_addr, entry->ai_addrlen);
        endpoint.size = entry->ai_addrlen;
    }
    return candidates;
}

[[gnu::weak]] UniqueFd connect_to(std::string_view host, std::string_view service) { return connect_any(look_up(host, service)); }

} // namespace kata
