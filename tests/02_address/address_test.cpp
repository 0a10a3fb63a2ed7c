#include "02_address/address.h"

#include "lab/lab.h"
#include "lab/peers/wiring.h"
#include "lab/words/describe.h"

#include <stdexcept>
#include <unistd.h>

using kata::local_endpoint;
using kata::parse_endpoint;
using kata::peer_endpoint;
using kata::to_string;
using namespace lab;
using namespace std::string_view_literals;

namespace {

// What a socket call would take it for, and what port() makes of it.
std::string seen(const kata::Endpoint& endpoint)
{
    const std::string other = endpoint.family() == AF_INET6 ? "AF_INET6, " : "no family, ";
    const wiring::Name name{endpoint.storage, endpoint.size};
    const std::string port = std::to_string(wiring::port_of(name)), shown = std::to_string(endpoint.port());
    return (endpoint.family() == AF_INET ? "AF_INET, " : other) + wiring::ip_of(name) + ", port " + port + ", size " +
           std::to_string(endpoint.size) + (shown == port ? "" : ", but port() is " + shown);
}

std::string outcome(std::string_view text)
{
    try {
        return "is taken for " + seen(parse_endpoint(text));
    } catch (const std::invalid_argument&) {
        return "throws std::invalid_argument";
    } catch (const std::exception& e) {
        return std::string{"throws another exception: "} + e.what();
    }
}

void comes_out(std::string_view text, const std::string& right, int line)
{
    const std::string came = outcome(text);
    expects(came == right, (text.empty() ? "an empty text" : in_quotes(text, 32)) + " " + right, "it " + came, __FILE__, line);
}

void reads(std::string_view text, const std::string& ip, int port, int line = __builtin_LINE())
{
    const bool v6 = ip.find(':') != std::string::npos;
    const std::string name = (v6 ? "AF_INET6, " : "AF_INET, ") + ip + ", port " + std::to_string(port);
    comes_out(text, "is taken for " + name + (v6 ? ", size 28" : ", size 16"), line);
}

void rejects(std::string_view text, int line = __builtin_LINE()) { comes_out(text, "throws std::invalid_argument", line); }

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
        for (const char* text : {"127.0.0.1:8080", "[::1]:80", "255.255.255.255:65535", "0.0.0.0:0", "[::ffff:192.0.2.7]:80",
                                 "[2001:db8:1111:2222:3333:4444:5555:6666]:65535"}) {
            const std::string came = to_string(parse_endpoint(text));
            expects(came == text, "to_string(parse_endpoint(\"" + std::string{text} + "\")) is the same text", in_quotes(came));
        }
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

TEST(Robust, SaysWhyThereIsNoAddress)
{
    Learner you{{.rule = "getsockname() and getpeername() can fail: throw, and say why with errno.",
                 .why = "A socket without a peer, new or reset, gives ENOTCONN. An Endpoint of zeros would pass for an address.",
                 .read = "man 2 getpeername, ERRORS",
                 .ask = "Q5, Q7"}};
    you.run([] {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        expects_error(ENOTCONN, [&] { peer_endpoint(fd); });
        expects_error(ENOTSOCK, [] { local_endpoint(0); });
        ::close(fd);
        expects_error(EBADF, [&] { local_endpoint(fd); });
    });
    you.finishes();
}

TEST(Robust, TakesEveryPortAndNoOther)
{
    Learner you{{.rule = "a port is a decimal number from 0 to 65535, and nothing else.",
                 .why = "atoi() and strtoul() skip spaces, take signs and stop at rubbish. What is too big is cut to 16 bits.",
                 .read = "man 3 strtoul, DESCRIPTION; std::from_chars",
                 .ask = "Q3, Q7"}};
    you.run([] {
        for (const int port : {0, 1, 255, 256, 32768, 65535})
            reads("127.0.0.1:" + std::to_string(port), "127.0.0.1", port);
        for (const char* port : {"65536", "65616", "4294967376", "18446744073709551696", "99999999999999999999", "-1", "-65456",
                                 "+80", " 80", "80 ", "80\n", "80x", "0x50", "8e1", "8.0", "http", ""})
            rejects("127.0.0.1:" + std::string{port});
    });
    you.finishes();
}

TEST(Robust, TakesFourDecimalNumbersAndNoLess)
{
    Learner you{
        {.rule = "an IPv4 address is four decimal numbers from 0 to 255.",
         .why = "inet_addr() and inet_aton() read \"1\" as 0.0.0.1, and \"010.0.0.1\" as octal. inet_pton() is strict; it says 0 "
                "for a bad text, not -1.",
         .read = "man 3 inet_pton, NOTES; man 3 inet, DESCRIPTION",
         .ask = "Q4"}};
    you.run([] {
        reads("255.255.255.255:80", "255.255.255.255", 80);
        for (const char* ip : {"1", "127.1", "127.0.1", "010.0.0.1", "0x7f.0.0.1", "256.1.1.1", "1.2.3.4.5", "127.0.0.1.",
                               ".0.0.1", "127..0.1", " 127.0.0.1", "127.0.0.1 ", "127.0.0.1 x", "+1.2.3.4", "localhost", "*"})
            rejects(std::string{ip} + ":80");
    });
    you.finishes();
}

TEST(Robust, NeedsBothPartsAndTheBrackets)
{
    Learner you{{.rule = "an endpoint is an address and a port; an IPv6 address stands in brackets, and nothing else does.",
                 .why = "A half could only be filled up by a guess. And in \"::1:80\" nobody can tell a port from a last group.",
                 .read = "RFC 3986 section 3.2.2; RFC 5952 section 6",
                 .ask = "Q5, Q6"}};
    you.run([] {
        for (const char* text :
             {"", " ", ":", "::", "80", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:80:90", "[", "]", "[]", "[]:80"})
            rejects(text);
        for (const char* text : {"::1:80", "::1", "2001:db8::7:443", "[::1]", "[::1]:", "[::1", "[::1:80", "::1]:80", "[::1]80",
                                 "[::1]x:80", "x[::1]:80", "[[::1]]:80", "[::1]::80", "[127.0.0.1]:80", "[localhost]:80",
                                 "[::g]:80", "[ ::1]:80", "[1:2:3:4:5:6:7:8:9]:80"})
            rejects(text);
        rejects(std::string_view{});
    });
    you.finishes();
}

TEST(Hostile, TheTextIsAsLongAsItSays)
{
    Learner you{{.rule = "a string_view has size() characters: what stands behind is not yours, and a zero byte ends nothing.",
                 .why = "inet_pton() and atoi() know nothing of size(): they read on, or stop short, until a zero byte comes.",
                 .read = "man 3 inet_pton, DESCRIPTION; man 3 atoi",
                 .ask = "Q4"}};
    you.run([] {
        const std::string_view line = "127.0.0.1:80809 [::1]:44351";
        reads(line.substr(0, 12), "127.0.0.1", 80);
        reads(line.substr(16, 9), "::1", 443);
        rejects(line.substr(0, 9));
        const std::vector<char> exact{line.begin(), line.begin() + 12}; // a sanitizer sees who looks behind it
        reads({exact.data(), exact.size()}, "127.0.0.1", 80);
        for (const std::string_view text : {"127.0.0.1\0:80"sv, "127.0.0.1\0.example.org:80"sv, "127.0.0.1:80\0"sv,
                                            "127.0.0.1:80\0x"sv, "[::1\0]:80"sv, "[::1\0:]:80"sv, "\0"sv})
            rejects(text);
    });
    you.finishes();
}

TEST(Hostile, ATextMayBeLong)
{
    Learner you{{.rule = "the length of a text is its writer's choice: too long is wrong, and nothing worse.",
                 .why = "An array of fixed size overflows; a recursive matcher runs out of stack. Both need only one long line.",
                 .read = "man 3 inet_ntop: INET6_ADDRSTRLEN",
                 .ask = "Q5"}};
    you.run([] {
        for (const std::size_t n : {17u, 47u, 65u, 129u, 257u, 100'000u}) {
            rejects(std::string(n, '1') + ":80");
            rejects("127.0.0.1:" + std::string(n, '8'));
            rejects("[" + std::string(n, ':') + "]:80");
            rejects(std::string(n, 'x'));
        }
    });
    you.finishes();
}
