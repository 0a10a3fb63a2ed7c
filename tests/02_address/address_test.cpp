#include "endpoints.h"

#include <unistd.h>

using namespace endpoints;

namespace {

// A server for one client: tells it the name that it has here.
void tells_the_client_its_name(std::string_view where)
{
    const kata::Endpoint endpoint = parse_endpoint(where);
    const int listener = ::socket(endpoint.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(0, ::bind(listener, endpoint.address(), endpoint.size)) << "bind: " << errno_name(errno);
    ::listen(listener, 1);
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    const kata::Endpoint local = local_endpoint(client);
    const std::string right = to_string(local_endpoint(listener)) + ", size " + std::to_string(endpoint.size);
    const std::string came = to_string(local) + ", size " + std::to_string(local.size);
    expects(came == right, "the socket of a client has the listener's address: " + right, came);
    const std::string name = to_string(peer_endpoint(client));
    ::send(client, name.data(), name.size(), MSG_NOSIGNAL);
    ::close(client);
    ::close(listener);
}

} // namespace

TEST(Works, ReadsAnIPv4Address)
{
    Learner you{{.rule = "\"127.0.0.1:8080\" becomes a sockaddr_in, with address and port in network byte order.",
                 .why = "The kernel reads the most significant byte first: htons() for the port; inet_pton() swaps by itself.",
                 .read = "man 7 ip, \"Address format\"; man 3 byteorder",
                 .ask = "Q3, Q5"}};
    you.run([] {
        reads("127.0.0.1:8080", "127.0.0.1", 8080);
        reads("192.0.2.7:443", "192.0.2.7", 443);
    });
    you.finishes();
}

TEST(Works, ReadsAnIPv6Address)
{
    Learner you{{.rule = "\"[::1]:8080\" becomes a sockaddr_in6; the brackets are not part of the address.",
                 .why = "Each family has a structure and a size of its own, 16 bytes and 28; sockaddr_storage holds both.",
                 .read = "man 7 ipv6, \"Address format\"; man 7 socket, \"Socket address structures\"",
                 .ask = "Q5"}};
    you.run([] {
        reads("[::1]:8080", "::1", 8080);
        reads("[2001:db8::7]:443", "2001:db8::7", 443);
        reads("[2001:0DB8:0:0:0:0:0:A]:443", "2001:db8::a", 443);
        reads("[::ffff:192.0.2.7]:443", "::ffff:192.0.2.7", 443);
    });
    you.finishes();
}

TEST(Works, PrintsWhatItRead)
{
    Learner you{{.rule = "to_string() is the way back: address, colon, port, with brackets around an IPv6 address.",
                 .why = "inet_ntop() writes into a buffer of yours; INET6_ADDRSTRLEN bytes hold every address of both families.",
                 .read = "man 3 inet_ntop; man 3 byteorder",
                 .ask = "Q3, Q5"}};
    you.run([] {
        for (const char* text :
             {"127.0.0.1:8080", "[::1]:80", "198.51.100.254:443", "[::ffff:192.0.2.7]:80",
              "[2001:db8:1111:2222:3333:4444:5555:6666]:443", "[2001:db8:1111:2222:3333:4444:5555:6666%4294967295]:65535"})
            comes_back(text);
        const kata::Endpoint a = parse_endpoint("192.0.2.1:80"), b = parse_endpoint("192.0.2.2:443");
        const std::string both = to_string(a) + " " + to_string(b);
        expects(both == "192.0.2.1:80 192.0.2.2:443", "two results side by side: \"192.0.2.1:80 192.0.2.2:443\"",
                in_quotes(both));
    });
    you.finishes();
}

TEST(Works, NamesBothEndsOfAConnection)
{
    Learner you{{.rule = "getsockname() gives the address of this end, getpeername() that of the other one.",
                 .why = "Both read the size as the room that you have, and write it as the part that they used.",
                 .read = "man 2 getsockname; man 2 getpeername",
                 .ask = "Q7, Q8"}};
    you.run([] { tells_the_client_its_name("127.0.0.1:0"); });
    Peer ann = you.connect("ann");
    ann.expects("127.0.0.1:" + std::to_string(ann.port()));
    you.finishes();
}

TEST(Robust, NamesBothEndsOverIPv6)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "the size that you pass in is the room that you have: enough for any family.",
                 .why = "An IPv6 address needs 28 bytes. The kernel cuts it off in silence; only the size that comes back tells.",
                 .read = "man 2 getpeername, DESCRIPTION",
                 .ask = "Q5"}};
    you.run([] { tells_the_client_its_name("[::1]:0"); });
    Peer ann = you.connect("ann");
    ann.expects("[::1]:" + std::to_string(ann.port()));
    you.finishes();
}

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
            const std::string came = to_string(peer_endpoint(fd));
            expects(came == text, std::string{"connected to "} + text, came);
        }
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
