// One listener for both families.
#include "both.h"
#include "lab/peers/wiring.h"

#include <fcntl.h>
#include <locale>

using namespace lab;

namespace {

// A locale that writes 8.080 for 8080.
struct InGroups : std::numpunct<char> {
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

} // namespace

TEST(Works, ServesClientsOfBothFamilies)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "one listener at [::] serves IPv6 clients and IPv4 clients.",
                     .why =
                         "With IPV6_V6ONLY off the kernel shows an IPv4 client as ::ffff:a.b.c.d. A socket at 0.0.0.0 never sees "
                         "an IPv6 client.",
                     .read = "man 7 ipv6, DESCRIPTION and IPV6_V6ONLY",
                     .ask = "Q104, Q6"}};
        you.run([] { greets_one(listens_dual()); });
        you.connect_to(ip, "ann").expects("hello");
        you.finishes();
    });
}

TEST(Works, SaysWhichPortItGot)
{
    Learner you{{.rule = "port 0 asks the kernel for a free port; getsockname() tells which.",
                 .why = "The caller must tell its clients where to come.",
                 .read = "man 2 getsockname; man 7 ip, \"Address format\"",
                 .ask = "Q7"}};
    you.run([] {
        const kata::Bound server = listens_dual();
        expects(kata::to_string(server.local) == kata::to_string(kata::local_endpoint(server.fd.get())),
                "`local` is the address of the socket", "another one");
        expects(server.local.port() != 0, "`local` has a port", "0");
        expects_closed_on_exec(server.fd.get());
        expects((::fcntl(server.fd.get(), F_GETFL) & O_NONBLOCK) == 0, "a blocking listener", "it is non-blocking");
        const kata::Bound second = listens_dual();
        expects(second.local.port() != server.local.port(), "another port when you ask for port 0 again", "the same one");
        wait_for_the_test();
    });
    you.connect_to("127.0.0.1", "ann").expects_connection();
    you.finishes();
}

TEST(Robust, DoesNotTrustTheDefault)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    constexpr Lesson lesson{.rule = "say what IPV6_V6ONLY has to be, before bind().",
                            .why = "Its default is a setting of each machine: yours says 0 today. After bind() it is EINVAL.",
                            .read = "man 7 ipv6, IPV6_V6ONLY and /proc/sys/net/ipv6/bindv6only",
                            .ask = "Q104"};
    Learner you{lesson};
    you.run([] { listens_dual(); });
    you.finishes();
    says_v6only(you, 0);
    Learner you_again{lesson};
    you_again.run([] { listens_each(); });
    you_again.finishes();
    says_v6only(you_again, 1);
}

TEST(Robust, DoesWithoutIpv6WhereThereIsNone)
{
    Learner you{{.rule = "a kernel without IPv6 is no reason to serve nobody: listen for IPv4.",
                 .why = "socket(AF_INET6) says EAFNOSUPPORT there, as on a machine that was started with ipv6.disable=1.",
                 .read = "man 2 socket, EAFNOSUPPORT",
                 .ask = "Q104"}};
    you.lacks(AF_INET6);
    const kata::Bound place = held_port();
    you.run([&] {
        for (const std::uint16_t port : {std::uint16_t{0}, place.local.port()}) {
            const kata::Bound server = listens_dual(port);
            const std::uint16_t got = kata::local_endpoint(server.fd.get()).port();
            expects(server.local.port() == got, "`local` has the port of the socket", std::to_string(server.local.port()));
            expects(port == 0 || got == port, "the port that you were asked for, without IPv6, too", "another one");
            expects_closed_on_exec(server.fd.get());
            if (port == 0)
                continue;
            expects_error(EADDRINUSE, [&] { listens_dual(port); }); // not EAFNOSUPPORT, which is over
            greets_one(server);
        }
    });
    you.connect_to("127.0.0.1", "ann").expects("hello");
    you.finishes();
}

TEST(Robust, WritesNumbersInNoLocale)
{
    Learner you{{.rule = "a port and the number of an interface are digits, whatever the locale of the program is.",
                 .why = "A program may call std::locale::global(), and then each new stream writes 8.080 for 8080: that is no "
                        "port, and fe80::1%4.000.000 is a second text for one host. std::to_string() knows no such groups.",
                 .read = "C++ standard, [locale.statics], [string.conversions]; RFC 4007 section 11",
                 .ask = "Q6"}};
    const kata::Bound place = held_port();
    you.run([&] {
        const std::locale before = std::locale::global(std::locale{std::locale::classic(), new InGroups});
        std::string text;
        const std::string error = error_of([&] {
            listens_dual(place.local.port());
            listens_each(place.local.port());
            text = calls("canonical_ip()", [] { return kata::canonical_ip(kata::parse_endpoint("[fe80::1%4000000]:80")); });
        });
        std::locale::global(before);
        expects(error == "no error", "no error", error);
        expects(text == "fe80::1%4000000", "fe80::1%4000000", text);
    });
    you.finishes();
}

TEST(Robust, TakesThePortBackAfterARestart)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "a restarted server takes its port back, whoever its old clients were.",
                     .why = "The server closed first, and its connection is in TIME_WAIT on this port. SO_REUSEADDR, before "
                            "bind().",
                     .read = "man 7 socket, SO_REUSEADDR",
                     .ask = "Q13, Q17"}};
        const kata::Bound place = held_port();
        you.run([&] {
            greets_one(listens_dual(place.local.port()));
            wait_for_the_test();
            greets_one(listens_dual(place.local.port()));
        });
        Peer ann = you.connect_to(ip, "ann");
        ann.expects("hello");
        ann.expects_end();
        ann.closes();
        you.resume();
        you.connect_to(ip, "bob").expects("hello");
        you.finishes();
    });
}

TEST(Hostile, LeavesAPortWhereSomebodyListens)
{
    on_both_families([](std::string_view ip) {
        Learner you{
            {.rule = "a port on which somebody listens is taken, in whichever family: EADDRINUSE, and nothing is left open.",
             .why = "A server that takes one half of its clients, and leaves the other half to a stranger, is worse than none.",
             .read = "man 2 bind, EADDRINUSE; man 7 ipv6, IPV6_V6ONLY",
             .ask = "Q104, Q17"}};
        const kata::Bound held = held_port(); // else the other family's half may be taken by another test
        const std::uint16_t port = held.local.port();
        const kata::Bound stranger = kata::bind_tcp(kata::parse_endpoint(wiring::text_of(wiring::name_of(ip, port))));
        ::listen(stranger.fd.get(), 4);
        you.run([&] {
            expects_error(EADDRINUSE, [&] { listens_dual(port); });
            expects_closed(3, "after listen_dual() has failed");
            expects_error(EADDRINUSE, [&] { listens_each(port); });
            expects_closed(3, "after listen_each() has failed");
        });
        you.finishes();
    });
}

TEST(Hostile, LeavesItsOwnKindAlone)
{
    Learner you{{.rule = "a second server at the same port is an error, also when it is the same program.",
                 .why = "SO_REUSEPORT lets both listen, and the kernel gives each of them half of the clients.",
                 .read = "man 7 socket, SO_REUSEPORT and SO_REUSEADDR",
                 .ask = "Q14, Q104"}};
    you.run([] {
        const kata::Bound first = listens_dual();
        expects_error(EADDRINUSE, [&] { listens_dual(first.local.port()); });
        expects_error(EADDRINUSE, [&] { listens_each(first.local.port()); });
        for (const std::size_t leaves : {0U, 1U}) {
            std::vector<kata::Bound> pair = listens_each();
            if (pair.size() < 2) // no IPv6 here
                return;
            pair.erase(pair.begin() + static_cast<std::ptrdiff_t>(leaves));
            expects_error(EADDRINUSE, [&] { listens_each(pair.front().local.port()); });
        }
    });
    you.finishes();
}
