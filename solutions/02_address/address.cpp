#include "02_address/address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void reject(std::string_view text) { throw std::invalid_argument{"not an address and port: " + std::string{text}}; }

// All of `digits`, as an unsigned number that fits: std::from_chars takes neither spaces nor signs.
template <class Number>
Number parse_number(std::string_view digits, std::string_view text)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size())
        reject(text);
    return number;
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);

Endpoint end_of(int fd, NameCall name_call, const char* name)
{
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage; // in: the room; out: what is used
    if (name_call(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), name};
    return endpoint;
}

} // namespace

std::uint16_t Endpoint::port() const
{
    return ntohs(family() == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(storage).sin6_port
                                      : reinterpret_cast<const sockaddr_in&>(storage).sin_port);
}

Endpoint parse_endpoint(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        reject(text);
    const bool bracketed = colon >= 2 && text.front() == '[' && text[colon - 1] == ']';
    // inet_pton wants a zero byte at the end, which a string_view does not promise; and it must be the only one.
    std::string ip{bracketed ? text.substr(1, colon - 2) : text.substr(0, colon)};
    if (ip.find('\0') != std::string::npos)
        reject(text);
    const auto port = parse_number<std::uint16_t>(text.substr(colon + 1), text);

    Endpoint endpoint;
    if (bracketed) {
        auto& in6 = reinterpret_cast<sockaddr_in6&>(endpoint.storage);
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        endpoint.size = sizeof in6;
        if (const std::size_t percent = ip.find('%'); percent != std::string::npos) {
            in6.sin6_scope_id = parse_number<std::uint32_t>(std::string_view{ip}.substr(percent + 1), text); // in host byte order
            ip.resize(percent); // inet_pton knows no scopes
        }
        if (::inet_pton(AF_INET6, ip.c_str(), &in6.sin6_addr) != 1)
            reject(text);
    } else {
        auto& in = reinterpret_cast<sockaddr_in&>(endpoint.storage);
        in.sin_family = AF_INET;
        in.sin_port = htons(port);
        endpoint.size = sizeof in;
        if (::inet_pton(AF_INET, ip.c_str(), &in.sin_addr) != 1) // strict: four decimal parts (inet_pton(3))
            reject(text);
    }
    return endpoint;
}

std::string to_string(const Endpoint& endpoint)
{
    char ip[INET6_ADDRSTRLEN] = ""; // ours, not inet_ntoa's one static buffer
    const bool v6 = endpoint.family() == AF_INET6;
    const void* address = v6 ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_addr)
                             : &reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_addr;
    if (::inet_ntop(endpoint.family(), address, ip, sizeof ip) == nullptr)
        throw std::system_error{errno, std::generic_category(), "inet_ntop"};
    const std::string port = ":" + std::to_string(endpoint.port());
    if (!v6)
        return ip + port;
    const std::uint32_t scope = reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_scope_id;
    return "[" + std::string{ip} + (scope == 0 ? "" : "%" + std::to_string(scope)) + "]" + port;
}

Endpoint local_endpoint(int fd) { return end_of(fd, ::getsockname, "getsockname"); }

Endpoint peer_endpoint(int fd) { return end_of(fd, ::getpeername, "getpeername"); }

} // namespace kata
