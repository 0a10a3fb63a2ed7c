#pragma once

#include "acts.h"

#include <cstdint>
#include <cstdio>
#include <sstream>

// States of TCP connections, and a listener that answers nobody.
namespace questions {

namespace wiring = lab::wiring;

// What a call said: its result, or the errno by name. EXPECT_EQ("EPIPE", said(sends(fd, "x"))).
inline std::string said(ssize_t result) { return result < 0 ? lab::errno_name(errno) : std::to_string(result); }

inline int state_of(const Fd& fd) { return info_of(fd).tcpi_state; }

inline std::uint16_t port_of(const Fd& fd) { return wiring::port_of(wiring::own_name(fd.get())); }

// A client that has begun to connect and does not wait.
inline Fd knock(const wiring::Name& there)
{
    Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    ::connect(client.get(), there.get(), there.size);
    return client;
}

// A listener whose queue is full: it lets one client wait, and here it is. To the next SYN there is no answer.
struct FullQueue {
    Fd listener{wiring::listening_socket("127.0.0.1", 0, false)};
    wiring::Name name = wiring::own_name(listener.get());
    Fd first = client_of(listener);
    FullQueue() { EXPECT_NE(0, comes(listener, POLLIN)); } // or the next SYN could come before the first client's ACK
};

// An address where nobody listens, and nobody else can while this lives: a SYN is answered by a reset.
struct ClosedPort {
    Fd owner{wiring::bound_socket("127.0.0.1", SOCK_STREAM, false)};
    wiring::Name name = wiring::own_name(owner.get());
};

// Each TCP connection in a table such as /proc/net/tcp: its local and remote port and its state. Also those that no descriptor
// belongs to (TIME_WAIT), or not yet (SYN_RECV).
template <class Each>
void for_each_connection(const std::string& table, Each each)
{
    std::ifstream lines{table};
    for (std::string line; std::getline(lines, line);) {
        unsigned from = 0, to = 0, state = 0; // "0: 0100007F:A3C1 0100007F:0016 06 ..."
        if (std::sscanf(line.c_str(), " %*d: %*8X:%X %*8X:%X %X", &from, &to, &state) == 3)
            each(from, to, static_cast<int>(state));
    }
}

// The state of the connection between two ports, seen from the first; 0: no such line.
inline int state_in(const std::string& table, std::uint16_t local, std::uint16_t remote)
{
    int found = 0;
    for_each_connection(table, [&](unsigned from, unsigned to, int state) {
        if (from == local && to == remote)
            found = state;
    });
    return found;
}

inline int state_in_proc(std::uint16_t local, std::uint16_t remote) { return state_in("/proc/net/tcp", local, remote); }

// A counter of /proc/net/netstat or /proc/net/snmp, which have a line of names and then one of numbers; -1: it is not there.
inline long counted_in(const std::string& table, const std::string& name)
{
    std::ifstream lines{table};
    for (std::string names, numbers; std::getline(lines, names) && std::getline(lines, numbers);) {
        std::istringstream columns{names}, values{numbers};
        for (std::string column, value; columns >> column && values >> value;)
            if (column == name)
                return std::stol(value);
    }
    return -1;
}

inline bool is_in_time_wait(std::uint16_t local, std::uint16_t remote) { return state_in_proc(local, remote) == TCP_TIME_WAIT; }

// Whether the kernel keeps no more connections in TIME_WAIT here: it has a limit, and other programs count, too.
inline bool time_wait_is_full()
{
    std::ifstream table{"/proc/net/sockstat"};
    for (std::string word; table >> word;)
        if (long n = 0; word == "tw" && table >> n)
            return n >= lab::kernel_setting("net/ipv4/tcp_max_tw_buckets");
    return true;
}

// A connection, as the client has it and as the server has it.
struct Ports {
    explicit Ports(const Pair& pair) : client{port_of(pair.client)}, server{port_of(pair.server)} {}
    std::uint16_t client, server;
};

// SO_LINGER on: {1, seconds}. With 0 the next close() is a reset.
inline bool set_linger(const Fd& fd, int seconds)
{
    const linger value{1, seconds};
    return ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &value, sizeof value) == 0;
}

// How many bytes came, and how it ended: "32768 and the end", "4096 and ECONNRESET".
inline std::string reads_to_the_end(const Fd& fd)
{
    std::size_t n = 0;
    for (;;) {
        const std::string bytes = gets(fd, 65536);
        if (bytes.empty() || bytes[0] == 'E')
            return std::to_string(n) + (bytes.empty() ? " and the end" : " and " + bytes);
        n += bytes.size();
    }
}

} // namespace questions
