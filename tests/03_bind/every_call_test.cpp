#include "03_bind/bind.h"

#include "lab/lab.h"

#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace lab;

namespace {

void serves_one(const kata::Bound& server)
{
    EXPECT_EQ(0, ::listen(server.fd.get(), 8));
    const kata::UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    expects_open(client.get(), "when a client has come");
}

kata::Endpoint any_port(std::string_view ip)
{
    const std::string text{ip};
    return kata::parse_endpoint(text.find(':') == std::string::npos ? text + ":0" : "[" + text + "]:0");
}

// A server may be asked for one address, or for all of them.
std::vector<std::string> one_and_all(std::string_view ip) { return {std::string{ip}, ip == "::1" ? "::" : "0.0.0.0"}; }

// A socket that has a port and lets others have it, too: it does not listen, and SO_REUSEADDR is set.
kata::UniqueFd holds_a_port(std::string_view ip)
{
    const kata::Endpoint any = any_port(ip);
    kata::UniqueFd holder = kata::open_socket(any.family(), SOCK_STREAM);
    const int on = 1;
    ::setsockopt(holder.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    EXPECT_EQ(0, ::bind(holder.get(), any.address(), any.size)) << "the test's own socket has no port";
    return holder;
}

} // namespace

TEST(Robust, RestartsOnBothFamilies)
{
    constexpr Lesson lesson{.rule = "IPv6 has TIME_WAIT, too: whatever a server needs, it needs on both families.",
                            .why =
                                "SO_REUSEADDR belongs to the socket, and stands above the family. It is needed for one address "
                                "as for 0.0.0.0, and shares no port with a listener there either.",
                            .read = "man 7 socket, SO_REUSEADDR; man 7 ipv6",
                            .ask = "Q5, Q13"};
    on_both_families([&](std::string_view ip) {
        for (const std::string& where : one_and_all(ip)) {
            if (HasFailure())
                return;
            Learner you{lesson};
            you.run([&] {
                const kata::UniqueFd holder = holds_a_port(where); // so that nobody else gets it in between
                const kata::Endpoint place = kata::local_endpoint(holder.get());
                kata::Bound first = kata::bind_tcp(place);
                serves_one(first); // and closes first
                first.fd.reset();
                wait_for_the_test();
                serves_one(kata::bind_tcp(place));
            });
            Peer ann = you.connect("ann");
            ann.expects_end();
            ann.closes();
            you.resume();
            you.connect("bob").expects_connection();
            you.finishes();
        }
    });
}

TEST(Robust, SharesNoPortOnBothFamilies)
{
    constexpr Lesson lesson{
        .rule = "a port on which somebody listens is taken, over IPv6 as over IPv4, and that is told at once.",
        .why =
            "SO_REUSEPORT shares a live port on both. And whether to try again, and when, is for the caller to say: it may have "
            "something better to do.",
        .read = "man 7 socket, SO_REUSEPORT; man 2 bind, EADDRINUSE",
        .ask = "Q13, Q14"};
    on_both_families([&](std::string_view ip) {
        for (const std::string& where : one_and_all(ip)) {
            if (HasFailure())
                return;
            Learner you{lesson};
            you.run([&] {
                const kata::Bound first = kata::bind_tcp(any_port(where));
                EXPECT_EQ(0, ::listen(first.fd.get(), 8));
                EXPECT_EQ("EADDRINUSE", error_of([&] { kata::bind_tcp(first.local); }));
            });
            you.finishes();
            expects(you.count(Call::bind) <= 2 && you.waits_in_vain() == 0, "one bind(), and an error when it fails",
                    std::to_string(you.count(Call::bind) - 1) + " times bind(), and " + std::to_string(you.waits_in_vain()) +
                        " pauses");
        }
    });
}

TEST(Robust, TakesNoIPv6AddressOfAnotherMachine)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    if (has_address("2001:db8::1"))
        GTEST_SKIP() << "a socket may have the address 2001:db8::1 here (is net.ipv6.ip_nonlocal_bind set?)";
    Learner you{{.rule = "an address that cannot be had is an error, of either family: no other is taken in its place.",
                 .why = "IPV6_FREEBIND takes an address of another machine, to which no client comes.",
                 .read = "man 2 bind, EADDRNOTAVAIL; man 7 ip, IP_FREEBIND",
                 .ask = "Q5, Q16"}};
    you.run([] { EXPECT_EQ("EADDRNOTAVAIL", error_of([] { kata::bind_tcp(any_port("2001:db8::1")); })); });
    you.finishes();
    const int tries = you.count(Call::bind), pauses = you.waits_in_vain();
    expects(tries <= 1 && pauses == 0, "one bind(), and an error when it fails",
            std::to_string(tries) + " times bind(), and " + std::to_string(pauses) + " pauses");
}

TEST(Robust, SaysHowLongItsAddressIs)
{
    constexpr Lesson lesson{
        .rule = "the size of the address that you report is the part that is used: 16 bytes for IPv4, 28 for IPv6.",
        .why = "getsockname() reads the size as the room that you have, and writes it as the length of the address.",
        .read = "man 2 getsockname, DESCRIPTION; man 7 ip; man 7 ipv6",
        .ask = "Q5, Q7"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.run([&] {
            const std::string right = ip == "::1" ? "28" : "16";
            const std::string came = std::to_string(kata::bind_tcp(any_port(ip)).local.size);
            expects(came == right, "an address of " + right + " bytes", came + " bytes");
        });
        you.finishes();
    });
}

TEST(Robust, TakesEveryAddressWhenAskedTo)
{
    constexpr Lesson lesson{
        .rule = "0.0.0.0 and [::] are addresses like any other: who asks for them wants clients of every address.",
        .why = "Whether a server is open to other networks is for its caller to say, not for you.",
        .read = "man 7 ip, \"Address format\", INADDR_ANY; man 7 ipv6, in6addr_any",
        .ask = "Q5, Q16"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.run([&] {
            const kata::Bound server = kata::bind_tcp(any_port(ip == "::1" ? "::" : "0.0.0.0"));
            const std::string local = kata::to_string(server.local), right = ip == "::1" ? "[::]:" : "0.0.0.0:";
            expects(local.substr(0, right.size()) == right, "its address is " + right + "P",
                    "it is " + local.substr(0, local.rfind(':') + 1) + "P");
            serves_one(server);
        });
        you.connect_to(ip == "::1" ? "::1" : "127.0.0.2", "ann").expects_connection();
        you.finishes();
    });
}

TEST(Robust, TakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other: it is bound, and close-on-exec.",
                 .why =
                     "socket() gives the lowest free number. The test closed standard input before, as daemons do. Who moves it "
                     "to another number with F_DUPFD loses the flag; F_DUPFD_CLOEXEC keeps it.",
                 .read = "man 2 socket, RETURN VALUE; man 2 fcntl, F_DUPFD_CLOEXEC",
                 .ask = "Q8, Q9"}};
    you.nth(Call::bind, 1).fails(EACCES);
    you.run([] {
        ::close(0);
        expects_error(EACCES, [] { kata::bind_tcp(any_port("127.0.0.1")); });
        expects_closed(0, "after a failure");
        expects_closed_on_exec(kata::bind_tcp(any_port("127.0.0.1")).fd.get());
    });
    you.finishes();
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is the one to report, nothing stays open, and the next try works.",
        .why = "A close() on the way out can fail and change errno, and an option that was not set is missed at the next start.",
        .read = "man 3 errno, NOTES; man 2 getsockname, ERRORS",
        .ask = "Q9, Q71, Q75"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.run([&] {
                const kata::UniqueFd holder = holds_a_port(ip); // only with SO_REUSEADDR may another socket have this port, too
                kata::Bound server;
                for (const kata::Endpoint& where : {any_port(ip), kata::local_endpoint(holder.get())})
                    told_then_done([&] { server = kata::bind_tcp(where); });
                serves_one(server);
            });
            you.connect("ann").expects_connection();
            you.finishes();
        });
    });
}
