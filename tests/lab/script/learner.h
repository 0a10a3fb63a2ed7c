#pragma once

#include "lab/flight/calls.h"
#include "lab/flight/limits.h"
#include "lab/peers/host.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace testing {
class AssertionResult;
}

namespace lab {

struct Address;
class Peer;
class Supervisor;
class UdpPeer;

using namespace std::chrono_literals;

// What a test teaches. It is printed when the test fails, in this order: the rule, what came, the diagram, why, where to read.
struct Lesson {
    const char* rule = ""; // one sentence: what correct code does
    const char* why = "";  // one or two sentences: what the kernel did and what follows
    const char* read = ""; // man page and section, or RFC and section
    const char* ask = "";  // the interview questions that it belongs to: "Q28, Q29"
};

// What a test may ask about a call that the learner made.
struct CallRecord {
    Call call;
    int fd;
    long args[3];
    long result; // 0 while it has not returned
    int error;   // errno when result is -1
    bool slept, returned;
};

struct WireOptions {
    int learner_receive_buffer = 0; // bytes for SO_RCVBUF and SO_SNDBUF, as setsockopt takes them; 0: the kernel's choice
    int learner_send_buffer = 0;
    int peer_receive_buffer = 0;
    int peer_send_buffer = 0;
    bool nonblocking = false; // the learner's end is O_NONBLOCK
};

// The learner's code, running in a process of its own, with every socket call recorded and any of them made to fail.
//
//   Learner you{{.rule = "A stream socket may take fewer bytes than you offer; the rest is yours to send."}};
//   Peer ann = you.wire("ann");
//   you.every(Family::writing).moves_at_most(7);
//   you.run([&] { kata::send_all(you.fd(), bytes("hello, slow world")); });
//   ann.expects("hello, slow world");
//   you.finishes();
//
// Everything here waits for events of the learner and of the kernel, never for time, and stops waiting when the learner is
// gone. One thread, the test's own, plays all peers. Each act of a peer first waits until the learner is asleep, so that a run
// is the same every time.
class Learner {
public:
    explicit Learner(const Lesson& lesson = {}, const Limits& limits = {});
    Learner(const Learner&) = delete;
    Learner& operator=(const Learner&) = delete;
    ~Learner();

    // Scripted faults. A call fails before it reaches the kernel, so nothing is consumed; only a connect() that fails with EINTR
    // has begun, and a close() that fails has closed, as in the kernel. EAGAIN strikes non-blocking descriptors only, EINTR of
    // connect() blocking ones only, EINTR of a wait one with a time limit other than 0 (and a look of poll(2) or ppoll(2) that
    // finds nothing, where the rule names that call), a limit on bytes streams only, a failure to close open descriptors only:
    // nothing impossible happens.
    class [[nodiscard]] Rule {
    public:
        void fails(int error) &&;
        void moves_at_most(long bytes) &&;
        void is_delayed(std::chrono::nanoseconds time) &&;
        void pauses() &&; // until resume()
        // The kernel has done it, and the learner hears of it only after resume(): what another thread does meanwhile must not
        // reach what this one was given. Counted are only calls that have done something: bytes came or went, or it is no such
        // call.
        void returns_late() &&;

    private:
        friend Learner;
        Rule(Supervisor& run, Family family, Call call, std::uint32_t first, std::uint32_t times)
            : run_{run},
              family_{family},
              call_{call},
              first_{first},
              times_{times}
        {
        }
        Supervisor& run_;
        Family family_;
        Call call_;
        std::uint32_t first_, times_;
    };
    Rule nth(Family family, std::uint32_t n) { return {*run_, family, Call::note, n, 1}; }
    Rule nth(Call call, std::uint32_t n) { return {*run_, family_of(call), call, n, 1}; }
    Rule first(Family family, std::uint32_t times) { return {*run_, family, Call::note, 1, times}; }
    Rule every(Family family) { return {*run_, family, Call::note, 1, UINT32_MAX}; }
    Rule every(Call call) { return {*run_, family_of(call), call, 1, UINT32_MAX}; }
    // A kernel without this address family, AF_INET6 for one: each socket(2) of it says EAFNOSUPPORT.
    void lacks(int address_family);

    // Before run(): sockets that the learner's function is handed. The first is descriptor 3, the next 4...; fd(0), fd(1)...
    // The learner owns its end; an end that it does not close is not a leak.
    Peer wire(std::string name, const WireOptions& options = {}); // a connected TCP pair on 127.0.0.1
    Peer unix_wire(std::string name, const WireOptions& options = {});
    UdpPeer udp_wire(std::string name);           // a UDP socket of the learner, bound but not connected, and a peer
    UdpPeer connected_udp_wire(std::string name); // the same, connected to the peer
    // A listening TCP socket; returns its fd(). Clients may connect before run(): they wait in its queue.
    int listener(int backlog = 16, bool nonblocking = false, std::string_view ip = "127.0.0.1");
    void shuts_down_listener(); // shutdown(2) on it, from outside
    int fd(std::size_t nth = 0) const { return 3 + static_cast<int>(nth); }

    // Before run(), for a learner who connects: addresses to connect to. The buffers that `options` names for the learner are
    // those of every socket that it connects.
    Host host(std::string name, std::string_view ip = "127.0.0.1", const WireOptions& options = {}); // listens; see accepts()
    Host refusing_host(std::string name, std::string_view ip = "127.0.0.1");                         // nobody listens: RST
    Host silent_host(std::string name, std::string_view ip = "127.0.0.1"); // its queue is full: no answer to a SYN (makes_room())
    // The kernel will choose, for the learner's end of a connection to `host`, this address and the port that it calls. Where
    // that is a refusing host's own address, the learner meets itself.
    void calls_from(std::string_view ip, const Host& host);
    // The same for UDP: it answers whoever sent it the last datagram.
    UdpPeer udp_host(std::string name, std::string_view ip = "127.0.0.1");
    // Peers over IPv6 have this link-local address, "fe80::5%7", in whatever the kernel tells of them (accept(2), getpeername(2),
    // recvfrom(2), recvmsg(2)). The learner reaches them by it, and not without its interface: EINVAL of connect(2),
    // ENETUNREACH of a send (ipv6(7), sin6_scope_id).
    void peers_are_called(std::string_view ip_and_scope);
    // What getaddrinfo(3) says about a name: these addresses, in this order; or that error, EAI_NONAME..., each time that it is
    // asked. EAI_SYSTEM, and only that, needs the errno that is to stand behind it. Other names are looked up as always.
    void resolves(std::string_view name, const std::vector<std::string>& ips);
    void cannot_resolve(std::string_view name, int error, int system_error = 0);

    // Before run(): what the contract lets the function change and leave so, by the name that the failure gives it: "O_NONBLOCK",
    // "SO_RCVTIMEO", "SIGPIPE", "timer", "umask", "folder". All else that is lent comes back as it was: the flags and options of
    // each descriptor that is handed over, the signals, timers, umask and folder of the process.
    void may_change(std::string_view what);

    // Starts the learner. EXPECT_* and ASSERT_* work in `body`; what they find is reported here by finishes().
    void run(const std::function<void()>& body);

    // A client for a learner who listens: waits for listen() to return.
    Peer connect(std::string name, const WireOptions& options = {});
    Peer connect_to(std::string_view ip, std::string name,
                    const WireOptions& options = {}); // "127.0.0.2", "::1": the same port by another address
    // The same for a learner who listens on a Unix socket: by its path, or by an abstract name, which begins with a zero byte.
    // A peer without a connection where nobody listens there; the diagram has the errno.
    Peer connect_to_path(std::string_view path, std::string name);
    Peer knock(std::string name);                            // begins to connect and does not wait for the answer
    UdpPeer udp(std::string name, std::string_view ip = ""); // which of its addresses it asks, where there are several

    // The learner's listening port, or the port of its UDP socket; waits for it. 0 when the learner ended before. While the
    // learner waits for the test, a TCP port that it only bound counts, too: whoever comes there is refused.
    std::uint16_t port();
    std::string ip(); // the address that goes with it, as a client would name it: 127.0.0.1 for the wildcard

    // Wait until the learner is asleep in such a call; false, in words, when it ended before. ASSERT_TRUE(you.asleep_in(...)).
    testing::AssertionResult asleep_in(Family family);
    testing::AssertionResult asleep_in(Call call);
    testing::AssertionResult paused(); // standing before a call that pauses(), or in wait_for_the_test()
    void resume();
    void settles(); // until it is asleep anywhere, paused, or gone
    // Waits until it is asleep in such a call, then sends a signal that has a handler and no SA_RESTART: EINTR.
    testing::AssertionResult interrupts(Family family);
    void gets_signal(int signal);

    // Time. The learner's clocks stand still while it computes; when all of it sleeps and the test waits for something, they jump
    // to the next end of a wait (flight/clock.h). These say it: that long passes now, with all that ends meanwhile in its order;
    // and somebody sets the wall clock (CLOCK_REALTIME), forward or back, while the steady one goes on.
    void time_passes(std::chrono::nanoseconds time);
    void wall_clock_is_set(std::chrono::nanoseconds ahead);
    // The learner's own time from the begin of the body of run() to its end, or until now; rounded down. Exact: a wait of 20 ms
    // takes 20.
    std::chrono::milliseconds took() const;
    // How many of its waits and sleeps only time ended. One limit is one such wait; a fixed pause between looks is many.
    int waits_in_vain() const;

    // The end of each test is one of these two.
    void finishes(const char* file = __builtin_FILE(), int line = __builtin_LINE()); // it must return, and leave nothing behind
    // For a server that serves for ever: it must be asleep, waiting for the next client, and hold no connection any more.
    void keeps_serving(const char* file = __builtin_FILE(), int line = __builtin_LINE());

    // The test ends it, as a crash would: the kernel closes its sockets. No judgement; no other end is needed.
    void is_killed();

    // True once the learner's function has returned, without judging it.
    bool is_done();
    std::vector<CallRecord> calls() const;
    int count(Call call) const;
    int count(Family family) const;
    std::size_t bytes_taken() const;           // by its reading calls, from all sockets; not what it only peeked at
    std::size_t bytes_given(int fd) const;     // to its kernel, by this TCP socket of its own; 0 when that is closed
    std::vector<int> open_descriptors() const; // of the learner's process, from 3 on
    std::string printed() const;               // its stdout and stderr
    std::string diagram() const;
    std::string verdict() const; // "" while there is none

    Supervisor& supervisor() { return *run_; }

private:
    Peer begins_to_connect(std::string_view ip, std::string name, const std::string& words, const WireOptions& options);
    void judge(const std::string& expected, const char* file, int line);
    void hand_over(int fd);

    std::unique_ptr<Supervisor> run_;
    Lesson lesson_;
    std::vector<int> handed_;
    int listener_ = -1;
    bool judged_ = false;
};

// For the body of run(): the learner stands still, with all that it holds, until the test says resume() or finishes().
// paused() and the acts of the peers wait until it has come here.
void wait_for_the_test();
// And the errno that `act` threw as a std::system_error, by name: "EADDRINUSE"; "no error" when it returned. EXPECT_EQ on it.
std::string error_of(const std::function<void()>& act);

} // namespace lab
