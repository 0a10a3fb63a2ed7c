// Mistake: copies the address into an array, however long it is
// Caught by: Hostile.ATextMayBeLong
// Says: stopped by a sanitizer: AddressSanitizer: stack-buffer-overflow
#include "02_address/address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
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
    if (colon == std::string_view::npos || text.find('\0') != std::string_view::npos)
        reject(text);
    const bool bracketed = colon >= 2 && text.front() == '[' && text[colon - 1] == ']';
    const std::string_view inside = bracketed ? text.substr(1, colon - 2) : text.substr(0, colon);
    char host[256] = "";
    inside.copy(host, inside.size());
    const std::uint16_t port = parse_port(text.substr(colon + 1), text);
    Endpoint endpoint;
    if (bracketed) {
        auto& in6 = reinterpret_cast<sockaddr_in6&>(endpoint.storage);
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        endpoint.size = sizeof in6;
        if (::inet_pton(AF_INET6, host, &in6.sin6_addr) != 1)
            reject(text);
    } else {
        auto& in = reinterpret_cast<sockaddr_in&>(endpoint.storage);
        in.sin_family = AF_INET;
        in.sin_port = htons(port);
        endpoint.size = sizeof in;
        if (::inet_pton(AF_INET, host, &in.sin_addr) != 1)
            reject(text);
    }
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
