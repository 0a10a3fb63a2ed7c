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
        reads("[0000:0000:0000:0000:0000:ffff:192.168.100.228]:443", "::ffff:192.168.100.228", 443); // none is longer
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
    const Peer bob = you.wire("bob");
    you.run([&] {
        local_endpoint(you.fd()); // of IPv4, and less room is used there: nothing of it stays
        peer_endpoint(you.fd());
        tells_the_client_its_name("[::1]:0");
    });
    Peer ann = you.connect("ann");
    ann.expects("[::1]:" + std::to_string(ann.port()));
    you.finishes();
}
