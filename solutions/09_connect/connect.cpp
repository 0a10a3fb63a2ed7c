#include "09_connect/connect.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace kata {

namespace {

// How an attempt ended that a signal made us leave: 0, or why it failed. It has gone on meanwhile (POSIX connect(), DESCRIPTION).
int end_of_attempt(int fd)
{
    pollfd attempt{fd, POLLOUT, 0};
    while (::poll(&attempt, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    int error = 0;
    socklen_t size = sizeof error;
    // A refused socket is writable, too: only this tells. Once, for reading clears it (socket(7), SO_ERROR).
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

UniqueFd connect_one(const Endpoint& to)
{
    UniqueFd fd = open_socket(to.family(), SOCK_STREAM);
    int error = ::connect(fd.get(), to.address(), to.size) < 0 ? errno : 0;
    if (error == EINTR)
        error = end_of_attempt(fd.get());
    if (error != 0)
        throw std::system_error{error, std::generic_category(), "connect"};
    return fd;
}

struct FreeList {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using AddressList = std::unique_ptr<addrinfo, FreeList>;

AddressList look_up(const std::string& host, const std::string& service)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM; // or each address comes once for each type: a UDP socket "connects" to anything
    addrinfo* list = nullptr;
    const int problem = ::getaddrinfo(host.c_str(), service.c_str(), &hints, &list);
    if (problem == EAI_SYSTEM)
        throw std::system_error{errno, std::generic_category(), "getaddrinfo"};
    if (problem != 0) // its own numbers, not errno's
        throw std::runtime_error{host + ", " + service + ": " + ::gai_strerror(problem)};
    return AddressList{list};
}

} // namespace

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no address to connect to"};
    for (const Endpoint& to : candidates.first(candidates.size() - 1)) {
        try {
            return connect_one(to);
        } catch (const std::system_error&) { // the next one may answer
        }
    }
    return connect_one(candidates.back()); // and the last one's reason is the one to report
}

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    const AddressList list = look_up(std::string{host}, std::string{service}); // copies: a view need not end with a zero
    std::vector<Endpoint> candidates;
    for (const addrinfo* entry = list.get(); entry != nullptr; entry = entry->ai_next) {
        Endpoint& endpoint = candidates.emplace_back();
        std::memcpy(&endpoint.storage, entry->ai_addr, entry->ai_addrlen);
        endpoint.size = entry->ai_addrlen;
    }
    return connect_any(candidates);
}

} // namespace kata
