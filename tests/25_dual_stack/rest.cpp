// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "25_dual_stack/rest.h"

namespace kata {

[[gnu::weak]] void prepares(const UniqueFd& fd, bool only)
{
    sets(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
    sets(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

[[gnu::weak]] Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

[[gnu::weak]] Bound listen_ipv4(std::uint16_t port)
{
    Bound server = bind_tcp(every_address("0.0.0.0:", port));
    listen_on(server.fd.get());
    return server;
}

[[gnu::weak]] bool is_without_ipv6(int error) { return error == EAFNOSUPPORT; }

[[gnu::weak]] std::optional<Bound> listen_ipv6_if_there_is(std::uint16_t port, bool only)
{
    try {
        return listen_ipv6(port, only);
    } catch (const std::system_error& e) {
        if (!is_without_ipv6(e.code().value()))
            throw;
        return std::nullopt;
    }
}

[[gnu::weak]] Bound listen_dual(std::uint16_t port)
{
    std::optional<Bound> both = listen_ipv6_if_there_is(port, false);
    return both ? std::move(*both) : listen_ipv4(port);
}

[[gnu::weak]] std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    if (std::optional<Bound> ipv6 = listen_ipv6_if_there_is(port, true))
        servers.push_back(std::move(*ipv6));
    servers.push_back(listen_ipv4(servers.empty() ? port : servers.front().local.port()));
    return servers;
}

[[gnu::weak]] std::vector<Bound> listen_each(std::uint16_t port)
{
    for (int tries = 16;; --tries)
        try {
            return listen_each_once(port);
        } catch (const std::system_error& e) {
            if (port != 0 || e.code().value() != EADDRINUSE || tries == 1)
                throw;
        }
}

[[gnu::weak]] bool is_mapped(const in6_addr& address) { return IN6_IS_ADDR_V4MAPPED(&address) != 0; }

[[gnu::weak]] Endpoint canonical(const Endpoint& endpoint)
{
    const sockaddr_in6& in6 = as_ipv6(endpoint);
    if (endpoint.family() != AF_INET6 || !is_mapped(in6.sin6_addr))
        return endpoint;
    return ipv4(in6.sin6_addr.s6_addr + 12, in6.sin6_port);
}

[[gnu::weak]] std::string interface_of(unsigned scope)
{
    char name[IF_NAMESIZE] = "";
    if (::if_indextoname(scope, name) != nullptr)
        return name;
    if (errno != ENXIO)
        fail("if_indextoname");
    return std::to_string(scope);
}

[[gnu::weak]] std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    const sockaddr_in6& in6 = as_ipv6(host);
    char text[INET6_ADDRSTRLEN] = "";
    if (host.family() == AF_INET)
        return ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(host.storage).sin_addr, text, sizeof text);
    if (host.family() != AF_INET6)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    ::inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof text);
    return in6.sin6_scope_id == 0 || !IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr) ? text
                                                                            : text + ("%" + interface_of(in6.sin6_scope_id));
}

} // namespace kata
