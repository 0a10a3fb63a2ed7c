// Odd: reads IPv4 and the port by hand, one character at a time; takes a pointer to the port that fits both families
#include "02_address/address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void reject(std::string_view text) { throw std::invalid_argument{"not an endpoint: " + std::string{text}}; }

int take_number(std::string_view& rest, int most)
{
    int value = 0;
    std::size_t n = 0;
    for (; n < rest.size() && rest[n] >= '0' && rest[n] <= '9' && value <= most; ++n)
        value = value * 10 + (rest[n] - '0');
    const bool padded = n > 1 && rest[0] == '0';
    rest.remove_prefix(n);
    return n == 0 || padded || value > most ? -1 : value;
}

} // namespace

std::uint16_t Endpoint::port() const { return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port); }

Endpoint parse_endpoint(std::string_view text)
{
    Endpoint endpoint;
    auto& in = reinterpret_cast<sockaddr_in&>(endpoint.storage);
    std::string_view rest = text;
    if (!rest.empty() && rest[0] == '[') {
        const std::string inside{rest.substr(1, rest.find(']') - 1)};
        auto& in6 = reinterpret_cast<sockaddr_in6&>(endpoint.storage);
        if (rest.size() < inside.size() + 2 || inside.find('\0') != std::string::npos ||
            ::inet_pton(AF_INET6, inside.c_str(), &in6.sin6_addr) != 1)
            reject(text);
        rest.remove_prefix(inside.size() + 2);
        endpoint.storage.ss_family = AF_INET6;
        endpoint.size = sizeof in6;
    } else {
        in_addr_t address = 0;
        for (int i = 0; i < 4; ++i) {
            if (i > 0 && (rest.empty() || rest[0] != '.'))
                reject(text);
            rest.remove_prefix(i > 0 ? 1 : 0);
            const int part = take_number(rest, 255);
            if (part < 0)
                reject(text);
            address = address << 8 | static_cast<in_addr_t>(part);
        }
        in.sin_addr.s_addr = htonl(address);
        endpoint.storage.ss_family = AF_INET;
        endpoint.size = sizeof in;
    }
    if (rest.empty() || rest[0] != ':')
        reject(text);
    rest.remove_prefix(1);
    const int port = take_number(rest, 65535);
    if (port < 0 || !rest.empty())
        reject(text);
    in.sin_port = htons(static_cast<std::uint16_t>(port));
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
