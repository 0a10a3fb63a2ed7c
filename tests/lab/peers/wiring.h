#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <utility>

// Sockets of the test itself. Every one is close-on-exec, on loopback, on a port that the kernel chose.
namespace lab::wiring {

struct Name {
    sockaddr_storage address{};
    socklen_t size = 0;
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

Name name_of(std::string_view ip, std::uint16_t port);
Name unix_name(std::string_view path); // of a socket file; an abstract name begins with a zero byte
std::string ip_of(const Name& name);
std::uint16_t port_of(const Name& name);
std::string text_of(const Name& name); // "127.0.0.1:40123", "[::1]:40123"
Name own_name(int fd);

int bound_socket(std::string_view ip, int type, bool nonblocking); // throws std::system_error with the reason
int listening_socket(std::string_view ip, int backlog, bool nonblocking);
void set_buffer(int fd, int option, int bytes); // 0: leaves it alone
void set_nonblocking(int fd, bool on);
// A connected TCP pair: {learner's end, peer's end}; buffers 0 for the kernel's choice.
std::pair<int, int> tcp_pair(int learner_receive, int learner_send, int peer_receive, int peer_send);

} // namespace lab::wiring
