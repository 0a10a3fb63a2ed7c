#include "25_dual_stack/dual_stack.h"

#include "04_listen/listen.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

void set_option(int fd, int level, int option, int value)
{
    if (::setsockopt(fd, level, option, &value, sizeof value) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
}

// bind_tcp() of 03 leaves IPV6_V6ONLY to the machine, and after bind(2) it cannot be set any more (EINVAL).
Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    set_option(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    set_option(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
    if (const Endpoint where = parse_endpoint("[::]:" + std::to_string(port)); ::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

// Nothing where the kernel has no IPv6. Any other error is no reason to do without.
std::optional<Bound> listen_ipv6_if_there_is(std::uint16_t port, bool only)
{
    try {
        return listen_ipv6(port, only);
    } catch (const std::system_error& e) {
        if (e.code().value() != EAFNOSUPPORT)
            throw;
        return std::nullopt;
    }
}

Bound listen_ipv4(std::uint16_t port)
{
    Bound server = bind_tcp(parse_endpoint("0.0.0.0:" + std::to_string(port)));
    listen_on(server.fd.get());
    return server;
}

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    if (std::optional<Bound> ipv6 = listen_ipv6_if_there_is(port, true))
        servers.push_back(std::move(*ipv6));
    servers.push_back(listen_ipv4(servers.empty() ? port : servers.front().local.port()));
    return servers;
}

} // namespace

Bound listen_dual(std::uint16_t port)
{
    std::optional<Bound> both = listen_ipv6_if_there_is(port, false);
    return both ? std::move(*both) : listen_ipv4(port);
}

// The kernel has chosen for one family. Somebody may have that port in the other one.
std::vector<Bound> listen_each(std::uint16_t port)
{
    for (int tries = 16;; --tries)
        try {
            return listen_each_once(port);
        } catch (const std::system_error& e) {
            if (port != 0 || e.code().value() != EADDRINUSE || tries == 1)
                throw;
        }
}

Endpoint canonical(const Endpoint& endpoint)
{
    const auto& in6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
    if (endpoint.family() != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr))
        return endpoint;
    Endpoint plain;
    auto& in = reinterpret_cast<sockaddr_in&>(plain.storage);
    in.sin_family = AF_INET;
    in.sin_port = in6.sin6_port;
    std::memcpy(&in.sin_addr, in6.sin6_addr.s6_addr + 12, sizeof in.sin_addr); // both in network byte order
    plain.size = sizeof in;
    return plain;
}

// getnameinfo(3) writes the interface, too, but takes a want of descriptors for a want of a name: one host, two texts.
std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    const auto& in = reinterpret_cast<const sockaddr_in&>(host.storage);
    const auto& in6 = reinterpret_cast<const sockaddr_in6&>(host.storage);
    const bool is_ipv6 = host.family() == AF_INET6;
    char text[INET6_ADDRSTRLEN], name[IF_NAMESIZE];
    const void* bytes = is_ipv6 ? static_cast<const void*>(&in6.sin6_addr) : &in.sin_addr;
    if (::inet_ntop(host.family(), bytes, text, sizeof text) == nullptr)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    if (!is_ipv6 || !IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr) || in6.sin6_scope_id == 0)
        return text;
    const bool has_name = ::if_indextoname(in6.sin6_scope_id, name) != nullptr;
    if (!has_name && errno != ENXIO)
        throw std::system_error{errno, std::generic_category(), "if_indextoname"};
    return text + ("%" + (has_name ? name : std::to_string(in6.sin6_scope_id)));
}

} // namespace kata
