// Mistake: looks at the text with a function that calls itself once for each character
// Caught by: Hostile.ATextMayBeLong
// Says: AddressSanitizer: stack-overflow
#include "02_address/address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void reject(std::string_view text) { throw std::invalid_argument{"not an endpoint: " + std::string{text}}; }

std::uint16_t parse_port(std::string_view digits, std::string_view text)
{
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size())
        reject(text);
    return port;
}

bool has_only(std::string_view text, std::string_view allowed)
{
    if (text.empty())
        return true;
    const std::string first{text.front()};
    return allowed.find(first) != std::string_view::npos && has_only(text.substr(1), allowed);
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
    if (!has_only(text, "0123456789abcdefABCDEF.:[]"))
        reject(text);
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || text.find('\0') != std::string_view::npos)
        reject(text);
    const std::uint16_t port = parse_port(text.substr(colon + 1), text);
    std::string host{text.substr(0, colon)};
    Endpoint endpoint;
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        sockaddr_in6 in6{};
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        if (::inet_pton(AF_INET6, host.c_str(), &in6.sin6_addr) != 1)
            reject(text);
        std::memcpy(&endpoint.storage, &in6, sizeof in6);
        endpoint.size = sizeof in6;
        return endpoint;
    }
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    if (::inet_pton(AF_INET, host.c_str(), &in.sin_addr) != 1)
        reject(text);
    std::memcpy(&endpoint.storage, &in, sizeof in);
    endpoint.size = sizeof in;
    return endpoint;
}

std::string to_string(const Endpoint& endpoint)
{
    char ip[INET6_ADDRSTRLEN] = "";
    const std::string port = ":" + std::to_string(endpoint.port());
    if (endpoint.family() == AF_INET6) {
        const auto& in6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
        ::inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip);
        return "[" + std::string{ip} + "]" + port;
    }
    const auto& in = reinterpret_cast<const sockaddr_in&>(endpoint.storage);
    ::inet_ntop(AF_INET, &in.sin_addr, ip, sizeof ip);
    return ip + port;
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
