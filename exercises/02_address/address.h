#pragma once

#include <cstdint>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace kata {

// An IPv4 or IPv6 address with a port, in the form that the socket calls take: `storage` has room for any family, `size` says
// how much of it is used (socket(7), "Socket address structures").
struct Endpoint {
    sockaddr_storage storage{};
    socklen_t size = 0;

    const sockaddr* address() const { return reinterpret_cast<const sockaddr*>(&storage); }
    int family() const { return storage.ss_family; }
    std::uint16_t port() const; // host byte order
};

// Reads "127.0.0.1:8080" or "[::1]:8080": a numeric address, a colon, a decimal port from 0 to 65535. An IPv6 address needs
// its brackets, and may end with a scope there: "[fe80::1%2]:80" is the address fe80::1 on interface 2 (sin6_scope_id, 0 to
// 4294967295; 0 means none). Port and scope are digits only; zeros in front change nothing. Anything else throws
// std::invalid_argument, names of hosts and interfaces, too. `text` need not end with a zero byte.
Endpoint parse_endpoint(std::string_view text);

// The other way round: to_string(parse_endpoint("[::1]:80")) == "[::1]:80". The scope is shown where it is not 0.
std::string to_string(const Endpoint& endpoint);

// The two ends of the socket `fd`, as the kernel names them: an IPv4 peer of an AF_INET6 socket is [::ffff:192.0.2.7]:80. Throw
// std::system_error with the errno of getsockname(2) or getpeername(2): ENOTCONN when there is no peer, EBADF... `fd` stays as
// it is, and the caller's.
Endpoint local_endpoint(int fd);
Endpoint peer_endpoint(int fd);

} // namespace kata
