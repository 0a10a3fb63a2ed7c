// A listener for each family, side by side.
#include "both.h"

#include <netinet/in.h>

using namespace lab;

TEST(Works, ListensTwiceAtOnePort)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{
        {.rule = "two listeners share a port when the IPv6 one is for IPv6 alone.",
         .why = "With IPV6_V6ONLY off [::] takes the IPv4 half of the port as well, and the second bind() says EADDRINUSE.",
         .read = "man 7 ipv6, IPV6_V6ONLY",
         .ask = "Q104"}};
    you.run([] {
        const std::vector<kata::Bound> servers = listens_each();
        expects(servers.size() == 2, "two listeners", std::to_string(servers.size()));
        ASSERT_EQ(2U, servers.size());
        expects_socket(AF_INET6, SOCK_STREAM, servers[0].fd.get());
        expects_socket(AF_INET, SOCK_STREAM, servers[1].fd.get());
        for (const kata::Bound& server : servers) {
            expects_closed_on_exec(server.fd.get());
            expects(server.local.port() == kata::local_endpoint(servers[0].fd.get()).port() && server.local.port() != 0,
                    "`local` has the port that both share", std::to_string(server.local.port()));
        }
        const kata::Endpoint bob = greets_one(servers[0]), ann = greets_one(servers[1]);
        expects(ann.family() == AF_INET, "the IPv4 client has an IPv4 address", kata::to_string(ann).substr(0, 10) + "...");
        expects(bob.family() == AF_INET6, "the IPv6 client has an IPv6 address", kata::to_string(bob).substr(0, 10) + "...");
    });
    you.connect_to("::1", "bob").expects("hello");
    you.connect_to("127.0.0.1", "ann").expects("hello");
    you.finishes();
}

TEST(Works, ListensAtAnotherPortEachTime)
{
    Learner you{{.rule = "port 0 is the kernel's choice each time that you ask for it.",
                 .why = "The port of the first pair is taken: its listeners are still there.",
                 .read = "man 7 ip, ip_local_port_range",
                 .ask = "Q7, Q104"}};
    you.run([] {
        const std::vector<kata::Bound> first = listens_each(), second = listens_each();
        expects(first.at(0).local.port() != second.at(0).local.port(), "two ports", "the same one twice");
    });
    you.finishes();
}

TEST(Robust, ListensOnceWhereThereIsNoIpv6)
{
    Learner you{{.rule = "a kernel without IPv6 leaves the IPv4 listener: one, and no error.",
                 .why = "socket(AF_INET6) says EAFNOSUPPORT there. Every other errno is an error.",
                 .read = "man 2 socket, EAFNOSUPPORT",
                 .ask = "Q104"}};
    you.lacks(AF_INET6);
    const kata::Bound place = held_port();
    you.run([&] {
        for (const std::uint16_t port : {std::uint16_t{0}, place.local.port()}) {
            const std::vector<kata::Bound> servers = listens_each(port);
            ASSERT_GE(servers.size(), 1U) << "there is no listener at all";
            expects(port == 0 || servers.back().local.port() == port, "the port that you were asked for", "another one");
            if (port == 0)
                continue;
            expects_error(EADDRINUSE, [&] { listens_each(port); }); // not EAFNOSUPPORT, which is over
            greets_one(servers.back());
        }
    });
    you.connect_to("127.0.0.1", "ann").expects("hello");
    you.finishes();
}

TEST(Robust, DoesNotDoWithoutIpv4)
{
    Learner you{{.rule = "only IPv6 may be missing: without IPv4 there is no second listener, and that is an error.",
                 .why = "Who has asked for both, and gets one without a word, has clients that find nobody.",
                 .read = "man 2 socket, EAFNOSUPPORT",
                 .ask = "Q104"}};
    you.lacks(AF_INET);
    you.run([] {
        expects_error(EAFNOSUPPORT, [] { listens_each(); });
        expects_closed(3, "after listen_each() has failed");
    });
    you.finishes();
}

TEST(Robust, TakesBothPortsBackAfterARestart)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "each of the two listeners takes its port back after a restart.",
                 .why = "The connections of the last life are in TIME_WAIT, in both families. SO_REUSEADDR on both sockets.",
                 .read = "man 7 socket, SO_REUSEADDR",
                 .ask = "Q13, Q104"}};
    const kata::Bound place = held_port();
    you.run([&] {
        for (int life = 0; life < 2; ++life) {
            const std::vector<kata::Bound> servers = listens_each(place.local.port());
            for (const kata::Bound& server : servers)
                greets_one(server);
            if (life == 0)
                wait_for_the_test(); // with all connections closed, by the server
        }
    });
    for (int life = 0; life < 2; ++life) {
        you.connect_to("::1", "bob").expects("hello");
        you.connect_to("127.0.0.1", "ann").expects("hello");
        you.resume();
    }
    you.finishes();
}

TEST(Hostile, ChoosesAgainWhatIsFreeInOneFamilyOnly)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    for (const Call call : {Call::bind, Call::listen}) {
        Learner you{
            {.rule = "with port 0 it takes a port that is free in both families; the kernel looks for one family at a time.",
             .why =
                 "It chose a free port for IPv6, and that port has an owner in IPv4: EADDRINUSE, six times here, of bind() or, "
                 "where both have SO_REUSEADDR and the other one was faster, of listen(). Nobody asked for that port: begin "
                 "again with another one, eight times at least.",
             .read = "man 2 bind, EADDRINUSE; man 2 listen, EADDRINUSE; man 7 ip, ip_local_port_range",
             .ask = "Q104, Q7"}};
        for (std::uint32_t second = 2; second <= 12; second += 2)
            you.nth(call, second).fails(EADDRINUSE);
        you.run([] {
            const std::vector<kata::Bound> servers = listens_each();
            for (const kata::Bound& server : servers)
                greets_one(server);
        });
        ASSERT_TRUE(you.asleep_in(Family::accepting)); // no more at one of the ports that it gave up
        you.connect_to("::1", "bob").expects("hello");
        you.connect_to("127.0.0.1", "ann").expects("hello");
        you.finishes();
    }
}

TEST(Hostile, GivesUpWhenNoPortIsFree)
{
    Learner you{{.rule = "with port 0, too, EADDRINUSE is an answer: after some tries give up, and say so.",
                 .why =
                     "The kernel says it when each of its ports is taken. It will say that again, and who begins again for ever "
                     "spins, on a machine that has enough to do.",
                 .read = "man 2 bind, EADDRINUSE; man 7 ip, ip_local_port_range",
                 .ask = "Q104, Q7"},
                {.cpu = 300ms}};
    you.every(Call::bind).fails(EADDRINUSE);
    you.run([] {
        expects_error(EADDRINUSE, [] { listens_each(); });
        expects_error(EADDRINUSE, [] { listens_dual(); });
        expects_closed(3, "after both have failed");
    });
    you.finishes();
}
