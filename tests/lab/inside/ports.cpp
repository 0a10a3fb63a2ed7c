// The port of a socket that is bound to port 0.
#include "lab/inside/ports.h"

#include "lab/inside/kernel.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/syscall.h>

namespace lab {

namespace {

int option(int fd, int level, int name)
{
    int value = 0;
    socklen_t size = sizeof value;
    return kernel(SYS_getsockopt, fd, level, name, &value, &size) == 0 ? value : -1;
}

// sin_port and sin6_port stand at the same place.
bool is_wildcard_of_one_family(int fd, const sockaddr_in6& name, socklen_t size)
{
    if (name.sin6_port != 0 || option(fd, SOL_SOCKET, SO_PROTOCOL) != IPPROTO_TCP)
        return false;
    if (name.sin6_family == AF_INET && size >= sizeof(sockaddr_in)) {
        sockaddr_in ipv4;
        std::memcpy(&ipv4, &name, sizeof ipv4);
        return ipv4.sin_addr.s_addr == htonl(INADDR_ANY);
    }
    return name.sin6_family == AF_INET6 && size == sizeof name && IN6_IS_ADDR_UNSPECIFIED(&name.sin6_addr) != 0 &&
           option(fd, IPPROTO_IPV6, IPV6_V6ONLY) == 1;
}

// A socket of both families gets a port that is free in both, and without SO_REUSEADDR none that anybody still has in TIME_WAIT.
// In network byte order; 0: there is no IPv6, or no descriptor for the question.
in_port_t port_of_both_families()
{
    const auto probe = static_cast<int>(kernel(SYS_socket, AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (probe < 0)
        return 0;
    const int off = 0;
    sockaddr_in6 name{};
    name.sin6_family = AF_INET6;
    socklen_t size = sizeof name;
    kernel(SYS_setsockopt, probe, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    const bool is_bound = kernel(SYS_bind, probe, &name, size) == 0 && kernel(SYS_getsockname, probe, &name, &size) == 0;
    kernel(SYS_close, probe);
    return is_bound ? name.sin6_port : in_port_t{0};
}

} // namespace

bool takes_a_port_of_both_families(int fd, const sockaddr* address, socklen_t size)
{
    const int saved = errno;
    sockaddr_in6 name{};
    bool is_bound = false;
    if (address != nullptr && size >= sizeof(sockaddr_in) && size <= sizeof name) {
        std::memcpy(&name, address, size);
        const bool asks = is_wildcard_of_one_family(fd, name, size);
        for (int tries = asks ? 4 : 0; tries > 0 && !is_bound; --tries) { // somebody else may take it first
            name.sin6_port = port_of_both_families();
            is_bound = name.sin6_port != 0 && kernel(SYS_bind, fd, &name, size) == 0;
        }
    }
    errno = saved;
    return is_bound;
}

} // namespace lab
