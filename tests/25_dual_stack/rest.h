#pragma once

// The parts of a correct answer, for answers that write some of these functions themselves and take the rest from rest.cpp.
#include "04_listen/listen.h"
#include "25_dual_stack/dual_stack.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

[[noreturn]] inline void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

inline void sets(const UniqueFd& fd, int level, int option, int value)
{
    if (::setsockopt(fd.get(), level, option, &value, sizeof value) < 0)
        fail("setsockopt");
}

inline Endpoint every_address(const char* wildcard, std::uint16_t port)
{
    return parse_endpoint(wildcard + std::to_string(port));
}

inline void binds(const UniqueFd& fd, const Endpoint& where)
{
    if (::bind(fd.get(), where.address(), where.size) < 0)
        fail("bind");
}

inline const sockaddr_in6& as_ipv6(const Endpoint& endpoint) { return reinterpret_cast<const sockaddr_in6&>(endpoint.storage); }

inline Endpoint ipv4(const void* address, in_port_t port) // both in network byte order
{
    Endpoint plain;
    auto& in = reinterpret_cast<sockaddr_in&>(plain.storage);
    in.sin_family = AF_INET;
    in.sin_port = port;
    std::memcpy(&in.sin_addr, address, sizeof in.sin_addr);
    plain.size = sizeof in;
    return plain;
}

void prepares(const UniqueFd& fd, bool only); // an IPv6 socket, before it is bound
Bound listen_ipv6(std::uint16_t port, bool only);
Bound listen_ipv4(std::uint16_t port);
bool is_without_ipv6(int error);
std::optional<Bound> listen_ipv6_if_there_is(std::uint16_t port, bool only);
std::vector<Bound> listen_each_once(std::uint16_t port);
bool is_mapped(const in6_addr& address);
std::string interface_of(unsigned scope); // its name, or its number where it has none

} // namespace kata
