#pragma once

#include "states.h"

#include <initializer_list>
#include <sys/types.h>
#include <vector>

namespace questions {

// A network of its own for one proof, without privileges: user_namespaces(7), network_namespaces(7). It has 127.0.0.0/8, all
// ports, sysctls and counters of its own, and nobody else is there. It is gone, with its connections, when this object and its
// sockets are.
//
// A process that lives inside makes the sockets and hands them out: a socket belongs for ever to the network in which it was
// made, whoever holds it, and the sockets that it accepts do, too. So the proof itself stays outside, and may use threads.
//
//   const Network net{{"ipv4/tcp_syncookies", "0"}};
//   if (!net.why_not().empty())
//       GTEST_SKIP() << net.why_not();
//   const Fd listener = net.listener(10), client = net.connects_to(listener);
class Network {
public:
    using Settings = std::initializer_list<std::pair<const char*, std::string>>;
    Network(Settings settings = {}); // names as in /proc/sys/net
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    ~Network();

    // Why this machine forbids it; "" where it does not.
    const std::string& why_not() const { return why_not_; }

    Fd socket(int domain, int type, int protocol = 0) const;
    Fd bound(int type = SOCK_STREAM, std::string_view ip = "127.0.0.1") const; // to a port that the kernel chose
    Fd listener(int backlog) const;
    Fd knocks_at(const wiring::Name& there) const; // begins to connect, does not block and does not wait
    Fd connects_to(const Fd& listener) const;      // is connected, and blocks
    Pair pair() const;                             // a TCP connection; both ends block

    bool sets(const std::string& setting, const std::string& value) const; // after the beginning
    bool has_mtu(int bytes) const;                                         // of the loopback
    bool cuts_segments_itself() const; // TCP sends segments of one MSS, and leaves nothing for a network card to cut

    // What the kernel counted here: nstat's names without their prefix, "SyncookiesSent", "RetransSegs". -1: it does not count
    // that.
    long counted(const std::string& name) const;
    int state(std::uint16_t local, std::uint16_t remote) const; // as state_in_proc()
    int how_many_in(int state) const;                           // connections, TIME_WAIT and half-open ones also

private:
    Fd asks_for(int domain, int type, int protocol, const std::string& file) const;
    std::string file(const char* name) const { return "/proc/" + std::to_string(inside_) + "/net/" + name; }
    bool asks_device(unsigned long request, int value) const;

    pid_t inside_ = -1;
    Fd line_;
    std::string why_not_;
};

} // namespace questions
