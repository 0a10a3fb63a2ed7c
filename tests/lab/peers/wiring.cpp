#include "lab/peers/wiring.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace lab::wiring {

namespace {

[[noreturn]] void fail(const char* what)
{
    throw std::system_error{errno, std::generic_category(), std::string{"the lab's own "} + what};
}

int checked(int result, const char* what) { return result < 0 ? (fail(what), -1) : result; }

} // namespace

Name name_of(std::string_view ip, std::uint16_t port)
{
    Name name;
    const std::string text{ip};
    auto* in = reinterpret_cast<sockaddr_in*>(&name.address);
    auto* in6 = reinterpret_cast<sockaddr_in6*>(&name.address);
    if (::inet_pton(AF_INET, text.c_str(), &in->sin_addr) == 1) {
        in->sin_family = AF_INET;
        in->sin_port = htons(port);
        name.size = sizeof *in;
    } else if (::inet_pton(AF_INET6, text.c_str(), &in6->sin6_addr) == 1) {
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(port);
        name.size = sizeof *in6;
    }
    return name;
}

Name unix_name(std::string_view path)
{
    Name name;
    auto* un = reinterpret_cast<sockaddr_un*>(&name.address);
    un->sun_family = AF_UNIX;
    std::memcpy(un->sun_path, path.data(), std::min(path.size(), sizeof un->sun_path));
    const bool has_end = path.empty() || path[0] != 0;
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (has_end ? 1 : 0));
    return name;
}

std::string ip_of(const Name& name)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (name.address.ss_family == AF_INET)
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(&name.address)->sin_addr, text, sizeof text);
    else
        ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(&name.address)->sin6_addr, text, sizeof text);
    return text;
}

std::uint16_t port_of(const Name& name)
{
    return ntohs(reinterpret_cast<const sockaddr_in*>(&name.address)->sin_port); // at the same place in both families
}

std::string text_of(const Name& name)
{
    const std::string ip = ip_of(name);
    return (name.address.ss_family == AF_INET6 ? "[" + ip + "]" : ip) + ":" + std::to_string(port_of(name));
}

Name own_name(int fd)
{
    Name name;
    name.size = sizeof name.address;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&name.address), &name.size) < 0)
        name.size = 0;
    return name;
}

int bound_socket(std::string_view ip, int type, bool nonblocking)
{
    const Name name = name_of(ip, 0);
    const int fd =
        checked(::socket(name.address.ss_family, type | SOCK_CLOEXEC | (nonblocking ? SOCK_NONBLOCK : 0), 0), "socket");
    if (::bind(fd, name.get(), name.size) < 0) {
        const int error = errno;
        ::close(fd);
        errno = error;
        fail("bind");
    }
    const std::uint16_t port = port_of(own_name(fd));
    if (port >> 8 != (port & 0xFF))
        return fd;
    const int other = bound_socket(ip, type, nonblocking); // the same in each byte order: a forgotten htons() would not be seen
    ::close(fd);
    return other;
}

int listening_socket(std::string_view ip, int backlog, bool nonblocking)
{
    const int fd = bound_socket(ip, SOCK_STREAM, nonblocking);
    checked(::listen(fd, backlog), "listen");
    return fd;
}

void set_buffer(int fd, int option, int bytes)
{
    if (bytes > 0)
        checked(::setsockopt(fd, SOL_SOCKET, option, &bytes, sizeof bytes), "setsockopt");
}

void set_nonblocking(int fd, bool on)
{
    const int flags = checked(::fcntl(fd, F_GETFL), "fcntl");
    checked(::fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK), "fcntl");
}

std::pair<int, int> tcp_pair(int learner_receive, int learner_send, int peer_receive, int peer_send)
{
    const int listener = listening_socket("127.0.0.1", 1, false);
    set_buffer(listener, SO_RCVBUF, peer_receive); // inherited, and early enough to limit the window from the start
    set_buffer(listener, SO_SNDBUF, peer_send);
    const int learner = checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    set_buffer(learner, SO_RCVBUF, learner_receive);
    set_buffer(learner, SO_SNDBUF, learner_send);
    const Name there = own_name(listener);
    checked(::connect(learner, there.get(), there.size), "connect");
    const int peer = checked(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK), "accept4");
    ::close(listener);
    return {learner, peer};
}

} // namespace lab::wiring
