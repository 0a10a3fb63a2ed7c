// Odd: lets getaddrinfo() read and getnameinfo() print, and rejects what does not come back as it was
#include "02_address/address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <stdexcept>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void reject(std::string_view text) { throw std::invalid_argument{"not an endpoint: " + std::string{text}}; }

bool is_as_printed(const std::string& host, const Endpoint& endpoint)
{
    char printed[INET6_ADDRSTRLEN] = "";
    return ::getnameinfo(endpoint.address(), endpoint.size, printed, sizeof printed, nullptr, 0, NI_NUMERICHOST) == 0 &&
           (endpoint.family() == AF_INET6 || host == printed);
}

} // namespace

std::uint16_t Endpoint::port() const
{
    if (family() == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6&>(storage).sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port);
}

Endpoint parse_endpoint(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || text.find('\0') != std::string_view::npos)
        reject(text);
    const bool v6 = text.front() == '[' && text[colon - 1] == ']';
    const std::string host{v6 ? text.substr(1, colon - 2) : text.substr(0, colon)}, port{text.substr(colon + 1)};
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535)
        reject(text);
    addrinfo hints{};
    hints.ai_family = v6 ? AF_INET6 : AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0)
        reject(text);
    Endpoint endpoint;
    std::memcpy(&endpoint.storage, found->ai_addr, found->ai_addrlen);
    endpoint.size = found->ai_addrlen;
    ::freeaddrinfo(found);
    if (!is_as_printed(host, endpoint))
        reject(text);
    return endpoint;
}

std::string to_string(const Endpoint& endpoint)
{
    char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";
    ::getnameinfo(endpoint.address(), endpoint.size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
    return endpoint.family() == AF_INET6 ? "[" + std::string{host} + "]:" + port : std::string{host} + ":" + port;
}

Endpoint local_endpoint(int fd)
{
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    return endpoint;
}

Endpoint peer_endpoint(int fd)
{
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getpeername"};
    return endpoint;
}

} // namespace kata
