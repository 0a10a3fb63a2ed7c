#include "endpoints.h"

#include <arpa/inet.h>
#include <thread>
#include <unistd.h>

using namespace endpoints;

namespace {

bool binds(const sockaddr_in6& where)
{
    const int fd = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
    ::close(fd);
    return bound;
}

} // namespace

TEST(Robust, NamesWhatASocketIsNow)
{
    Learner you{{.rule = "the kernel knows the ends of any socket, and is asked each time.",
                 .why = "A socket without an address is at 0.0.0.0:0, and that is an answer. A datagram socket has a peer after "
                        "connect(), and another one after the next.",
                 .read = "man 2 getsockname; man 2 getpeername; man 2 connect, DESCRIPTION",
                 .ask = "Q7, Q8"}};
    you.run([] {
        const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const std::string at_first = to_string(local_endpoint(fd));
        expects(at_first == "0.0.0.0:0", "a new socket is at 0.0.0.0:0", at_first);
        for (const char* text : {"127.0.0.1:9", "127.0.0.2:10"}) {
            const kata::Endpoint peer = parse_endpoint(text);
            ::connect(fd, peer.address(), peer.size);
            const std::string came = to_string(peer_endpoint(fd)), own = to_string(local_endpoint(fd));
            expects(came == text, std::string{"connected to "} + text, came);
            expects(own != at_first, "connect() has given it an address of its own", own);
        }
        ::close(fd);
    });
    you.finishes();
}

TEST(Robust, NamesAMappedAddressAsItIs)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "both ends of an AF_INET6 socket are IPv6 addresses, also where it speaks IPv4.",
                 .why = "The kernel says ::ffff:127.0.0.1. An AF_INET address in its place does not fit the socket: the next "
                        "connect() or sendto() of it may take it for a mistake.",
                 .read = "man 7 ipv6, DESCRIPTION; RFC 4291 section 2.5.5.2",
                 .ask = "Q5, Q7"}};
    you.run([] {
        const int fd = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), off = 0;
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
        const kata::Endpoint peer = parse_endpoint("[::ffff:127.0.0.1]:9");
        ::connect(fd, peer.address(), peer.size);
        const std::string there = to_string(peer_endpoint(fd)), here = to_string(local_endpoint(fd));
        expects(there == "[::ffff:127.0.0.1]:9", "the peer is at [::ffff:127.0.0.1]:9", there);
        expects(here.starts_with("[::ffff:127.0.0.1]:"), "this end is at [::ffff:127.0.0.1]", here);
        ::close(fd);
    });
    you.finishes();
}

TEST(Robust, KeepsTheScopeThatTheKernelNames)
{
    sockaddr_in6 group{.sin6_family = AF_INET6, .sin6_port = 0, .sin6_flowinfo = 0, .sin6_addr = {}, .sin6_scope_id = 1};
    ::inet_pton(AF_INET6, "ff02::1", &group.sin6_addr); // all hosts of one link; 1 is the loopback interface
    if (!binds(group))
        GTEST_SKIP() << "no IPv6 group on the loopback interface of this machine";
    Learner you{{.rule = "the answer of getsockname() is kept whole: the scope belongs to the address.",
                 .why =
                     "ff02::1 exists on every link, and this socket has it on interface 1 only. Who takes address and port out "
                     "of the answer, or its text, has an address in which the link is missing.",
                 .read = "man 7 ipv6, sin6_scope_id; man 3 getnameinfo",
                 .ask = "Q5, Q7"}};
    you.run([&group] {
        const int fd = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        ::bind(fd, reinterpret_cast<const sockaddr*>(&group), sizeof group);
        const std::string came = to_string(local_endpoint(fd));
        expects(came.starts_with("[ff02::1%1]:"), "the socket is at [ff02::1%1]", came);
        ::close(fd);
    });
    you.finishes();
}

TEST(Robust, SaysWhyThereIsNoAddress)
{
    Learner you{{.rule = "getsockname() and getpeername() can fail: throw, and say why with errno.",
                 .why = "A socket without a peer, new or reset, gives ENOTCONN. An Endpoint of zeros would pass for an address.",
                 .read = "man 2 getpeername, ERRORS",
                 .ask = "Q5, Q7"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        expects_error(ENOTCONN, [&] { peer_endpoint(fd); });
        expects_error(ENOTSOCK, [] { local_endpoint(0); });
        ::close(fd);
        expects_error(EBADF, [&] { local_endpoint(fd); });
        wait_for_the_test();
        expects_error(ENOTCONN, [&] { peer_endpoint(you.fd()); });
        char byte = 0;
        expects(::recv(you.fd(), &byte, 1, 0) < 0 && errno == ECONNRESET, "recv() still tells of the reset",
                "somebody has taken its error (SO_ERROR)");
    });
    ann.resets();
    you.finishes();
}

TEST(Robust, AsksForTwoThreadsAtOnce)
{
    Learner you{{.rule = "two threads may ask at once: each hears of its own socket.",
                 .why = "The answer for ann's socket has come, and its thread has not run on yet, when another thread asks for "
                        "bob's. In one static place for both, bob's overwrites ann's. A local variable is each call's own.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 2 getpeername",
                 .ask = "Q5, Q7"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    const std::uint16_t anns = ann.port(), bobs = bob.port();
    you.nth(Call::getpeername, 1).returns_late();
    you.run([&] {
        kata::Endpoint first;
        std::thread other{[&] { first = peer_endpoint(you.fd(0)); }};
        expects_to_hear(you.fd(1), "now");
        const kata::Endpoint second = peer_endpoint(you.fd(1));
        other.join();
        expects(first.port() == anns, "the peer of ann's socket is ann", first.port() == bobs ? "it is bob" : to_string(first));
        expects(second.port() == bobs, "the peer of bob's socket is bob",
                second.port() == anns ? "it is ann" : to_string(second));
    });
    bob.sends("now"); // ann's answer is held by now
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is the one to report, and nothing stays open.",
        .why = "ENOTCONN says that there is no peer. ENOBUFS says nothing about the peer: the kernel is short of room.",
        .read = "man 2 getsockname, ERRORS; man 3 errno, NOTES",
        .ask = "Q5, Q7"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.listener(16, false, ip);
            const Peer ann = you.connect("ann");
            you.run([&] {
                const int client = ::accept4(you.fd(), nullptr, nullptr, SOCK_CLOEXEC);
                kata::Endpoint local, peer;
                told_then_done([&] { local = local_endpoint(client); });
                told_then_done([&] { peer = peer_endpoint(client); });
                expects_open(client, "afterwards");
                ::close(client);
                EXPECT_EQ(std::string{ip}, wiring::ip_of({local.storage, local.size}));
                EXPECT_EQ(std::string{ip}, wiring::ip_of({peer.storage, peer.size}));
            });
            you.finishes();
        });
    });
}
