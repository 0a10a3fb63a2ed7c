// Whom it is connected to.
#include "attempts.h"

#include <net/if.h>
#include <string>

using namespace lab;

TEST(Hostile, ItselfIsNobody)
{
    constexpr Lesson lesson{
        .rule = "a socket that is connected to itself has reached nobody: ECONNREFUSED.",
        .why = "Nobody listens there, and the kernel chose that very port for your own end. Your SYN met your own socket; what "
               "you send, you read, and no server can take its port.",
        .read = "RFC 9293 section 3.5 (simultaneous open); man 2 getsockname; man 2 getpeername",
        .ask = "Q145"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        Host self = you.refusing_host("self", ip);
        you.calls_from(ip, self);
        you.run([&] { EXPECT_EQ("ECONNREFUSED", outcome(self, an_hour)); });
        you.finishes();
        expects_one_attempt(you);
    });
}

TEST(Hostile, ItselfIsNobodyWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "a look at the two ends that failed has not shown that they differ: tell its errno.",
                            .why = "Without their names you do not know to whom you are connected. Here it is yourself.",
                            .read = "man 2 getsockname, ENOBUFS; man 2 getpeername, ENOBUFS",
                            .ask = "Q72, Q145"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Host self = you.refusing_host("self");
        you.calls_from("127.0.0.1", self);
        you.run([&] {
            told_or_done([&] {
                const std::string came = refusal_of(self);
                expects(came == "ECONNREFUSED", "ECONNREFUSED, or the errno of the call that failed", came);
            });
        });
        you.finishes();
    });
}

TEST(Hostile, TheSamePortElsewhereIsSomebody)
{
    constexpr Lesson lesson{
        .rule = "you are connected to yourself only if both ends have the same port and the same address.",
        .why = "Your own port is one of 65535, and so is the server's: on two machines they may well be equal. And where "
               "an IPv4 address would stand, an IPv6 name has its flow label, which is 0 at both ends.",
        .read = "man 2 getsockname; man 2 getpeername; man 7 ipv6, \"Address format\"",
        .ask = "Q24, Q145"};
    for (const bool by_ipv6 : {false, true}) {
        if (by_ipv6 && (!has_ipv6_loopback() || kernel_setting("net/ipv6/bindv6only") != 0))
            GTEST_SKIP() << "this machine reaches no IPv4 address by an IPv6 socket; by an IPv4 socket it has passed";
        Learner you{lesson};
        Host ann = you.host("ann");
        you.calls_from((by_ipv6 ? "::ffff:" : "") + private_loopback(), ann);
        const std::string name = by_ipv6 ? "[::ffff:127.0.0.1]:" + std::to_string(ann.port()) : ann.address();
        you.run([&] {
            const kata::Endpoint to = kata::parse_endpoint(name);
            const kata::UniqueFd fd =
                calls("connect_with_timeout(a host, 3600000 ms)", [&] { return kata::connect_with_timeout(to, an_hour); });
            expects_to_hear(fd.get(), "hello");
        });
        ann.accepts().sends("hello");
        you.finishes();
    }
}

TEST(Hostile, ItselfByAnotherNameIsNobody)
{
    constexpr Lesson lesson{.rule = "compare both ends as the kernel names them, and not with the address that you were given.",
                            .why = "Linux takes 0.0.0.0 for this machine: you called 0.0.0.0, and both ends are 127.0.0.1. By an "
                                   "IPv6 socket both are [::ffff:127.0.0.1], and that is yourself no less than [::1].",
                            .read = "man 2 getpeername; man 7 ip, INADDR_ANY; man 7 ipv6, \"Address format\"",
                            .ask = "Q16, Q145"};
    const struct {
        const char *called, *own, *name;
    } ways[]{
        {"127.0.0.1", "127.0.0.1", "0.0.0.0"}, {"127.0.0.1", "::ffff:127.0.0.1", "[::ffff:127.0.0.1]"}, {"::1", "::1", "[::]"}};
    for (const auto& way : ways) {
        if (way.name[0] == '[' && (!has_ipv6_loopback() || kernel_setting("net/ipv6/bindv6only") != 0))
            GTEST_SKIP() << "no ::1 on this machine, or no IPv4 by an IPv6 socket; by an IPv4 socket it has passed";
        Learner you{lesson};
        Host self = you.refusing_host("self", way.called);
        you.calls_from(way.own, self);
        you.run([&] {
            const kata::Endpoint here = kata::parse_endpoint(std::string{way.name} + ":" + std::to_string(self.port()));
            EXPECT_EQ("ECONNREFUSED", error_of([&] { kata::connect_with_timeout(here, an_hour); })) << way.name;
        });
        you.finishes();
    }
}

TEST(Robust, LeavesTheScopeToTheAddress)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no IPv6 on this machine";
    Learner you{{.rule = "the scope is a part of the address: hand it on as it came.",
                 .why = "fe80::1 without an interface is no place, and connect() says EINVAL. With one it is, reached or not.",
                 .read = "man 7 ipv6, \"Address format\", sin6_scope_id",
                 .ask = "Q16"}};
    you.run([] {
        const unsigned here = ::if_nametoindex("lo");
        const kata::Endpoint to = kata::parse_endpoint("[fe80::1%" + std::to_string(here) + "]:1");
        const std::string came = error_of([&] { kata::connect_with_timeout(to, 0); });
        expects(came != "EINVAL", "the errno of an attempt", came);
    });
    you.finishes();
}

TEST(Hostile, WhatDidNotBeginIsNoConnection)
{
    Learner you{{.rule = "only EINPROGRESS says that an attempt is under way; after any other errno there is none.",
                 .why = "EAGAIN of connect() says that it could not begin. poll() calls a socket without an attempt ready, its "
                        "SO_ERROR is 0, and it is connected to nobody.",
                 .read = "man 2 connect, EAGAIN and EINPROGRESS; man 2 poll, POLLHUP",
                 .ask = "Q26, Q72"}};
    Host ann = you.host("ann");
    you.nth(Family::connecting, 1).fails(EAGAIN); // of who connects with a non-blocking socket
    you.run([&] {
        kata::UniqueFd fd;
        const std::string came = error_of([&] { fd = connect(ann, an_hour); });
        const bool is_connected = error_of([&] { kata::peer_endpoint(fd.get()); }) == "no error";
        expects(came == "EAGAIN" || is_connected, "EAGAIN, or a socket that is connected",
                came == "no error" ? "a socket that is connected to nobody" : came);
    });
    you.finishes();
}

TEST(Hostile, AServerMayBeGoneWhenYouAskWhoItIs)
{
    Learner you{{.rule = "what was connected is connected, also when its peer is gone by the time you ask who that is.",
                 .why = "After a reset getpeername() says ENOTCONN, and that is no errno of your attempt. Only who has the same "
                        "port at his own end need ask.",
                 .read = "man 2 getpeername, ENOTCONN; man 2 connect, ERRORS",
                 .ask = "Q38, Q145"}};
    Host ann = you.host("ann");
    you.nth(Call::getpeername, 1).pauses();
    you.run([&] {
        kata::UniqueFd fd;
        const std::string came = error_of([&] { fd = connect(ann, an_hour); });
        wait_for_the_test();
        expects(came == "ECONNRESET" || came == "no error", "a socket, or ECONNRESET", came);
    });
    Peer server = ann.accepts();
    ASSERT_TRUE(you.paused()); // there, or behind the attempt, where it does not ask
    server.resets();
    you.settles(); // it has come
    you.resume();
    you.finishes();
}
