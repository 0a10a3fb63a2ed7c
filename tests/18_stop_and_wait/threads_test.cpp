// Both sides at once.
#include "15_udp_server/udp_server.h"
#include "script.h"

#include <sys/socket.h>
#include <thread>
#include <utility>

using namespace lab;
using namespace script;

TEST(Works, GoesOverBothFamilies)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "a transfer goes over any datagram socket that is connected, whatever the family of its addresses.",
                     .why =
                         "connect() has said who the other side is, and the kernel drops what others send. A sockaddr_in holds "
                         "no address of IPv6.",
                     .read = "man 2 connect, DESCRIPTION; man 7 ipv6, \"Address format\"",
                     .ask = "Q5, Q94, Q96"},
                    limits};
        you.run([where = (ip == "::1" ? "[::1]" : std::string{ip}) + ":0"] {
            const kata::UniqueFd here = kata::udp_bind(kata::parse_endpoint(where)),
                                 there = kata::udp_bind(kata::parse_endpoint(where));
            for (const auto& [one, other] : {std::pair{here.get(), there.get()}, std::pair{there.get(), here.get()}}) {
                const kata::Endpoint to = kata::local_endpoint(other);
                ASSERT_EQ(0, ::connect(one, to.address(), to.size));
            }
            const std::jthread receiver{receives(there.get(), "hello")};
            sends(here.get(), "hello")();
        });
        you.finishes();
    });
}

TEST(Works, GoesOverUnixSockets)
{
    Learner you{{.rule = "both sides take a block that was agreed, also where it is larger than any datagram of UDP.",
                 .why = "65535 is a limit of UDP. A Unix socket has another one. How much room is needed says options.block.",
                 .read = "man 7 unix, DESCRIPTION and \"Socket options\"; RFC 768, Length",
                 .ask = "Q96"},
                limits};
    you.run([] {
        int ends[2];
        ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends));
        const kata::UniqueFd here{ends[0]}, there{ends[1]};
        kata::RdtOptions options = calm;
        options.block = 70'000;
        options.tries = 1; // nothing is lost here
        const std::string all = pattern(70'003);
        const std::jthread sender{[&] { EXPECT_EQ("no error", error_of(sends(here.get(), all, options))); }};
        const std::vector<std::byte> came = kata::rdt_recv(there.get(), options);
        expects(text(came) == all, "70003 bytes, unchanged", std::to_string(came.size()) + " bytes");
    });
    you.finishes();
}

TEST(Robust, WaitsForRoomInTheQueue)
{
    Learner you{{.rule = "a send that has to wait for room waits: the socket is a blocking one, and a full queue is no error.",
                 .why = "A Unix socket loses nothing: when the other side has not read for a while, send() sleeps until it has. "
                        "With MSG_DONTWAIT it says EAGAIN instead.",
                 .read = "man 2 send, EAGAIN; man 7 unix, DESCRIPTION",
                 .ask = "Q96, Q99"},
                limits};
    you.nth(Family::reading, 1).pauses(); // the receiver's, unless the sender looks first
    you.run([] {
        int ends[2];
        ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends));
        const kata::UniqueFd here{ends[0]}, there{ends[1]};
        while (::send(here.get(), "junk", 4, MSG_DONTWAIT) > 0)
            continue;
        const std::jthread sender{[&] { EXPECT_EQ("no error", error_of(sends(here.get(), "you"))); }};
        receives(there.get(), "you")();
    });
    ASSERT_TRUE(you.paused());
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Robust, SendsInTwoThreadsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two threads may send at the same time, each over its own socket, and see nothing of each other.",
        .why = "The first one is held with bob's answer, or his second block, in its hand. A static variable is one for all "
               "threads: it has cy's by then.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q76, Q96"};
    for (const Family held : {Family::reading, Family::writing}) {
        Learner you{lesson, limits};
        UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
        cy.speaks(words);
        if (held == Family::reading)
            you.nth(held, 1).returns_late(); // bob's ACK 0
        else
            you.nth(held, 3).pauses(); // before bob's second block
        you.run([&] {
            std::thread first{sends(you.fd(0), "hello")};
            sends(you.fd(1), "world")();
            first.join();
        });
        bob.expects(data('0', "hell"));
        cy.expects(data('0', "worl"));
        bob.sends(ack('0'));
        ASSERT_TRUE(you.paused()) << "you do not send bob's second block";
        cy.sends(ack('0'));
        cy.expects(data('1', "d"));
        cy.sends(ack('1'));
        you.settles();
        you.resume();
        bob.expects(data('1', "o"));
        bob.sends(ack('1'));
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Robust, ReceivesInTwoThreadsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two threads may receive at the same time, each over its own socket, and see nothing of each other.",
        .why = "The first one is held with bob's block, or the acknowledgement of it, in its hand. A static variable is one for "
               "all threads: it has cy's by then. And a copy would be compared with a block of the other.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q76, Q96"};
    for (const Family held : {Family::reading, Family::writing}) {
        Learner you{lesson, limits};
        UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
        cy.speaks(words);
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&] {
            std::thread first{receives(you.fd(0), "hello")};
            receives(you.fd(1), "world")();
            first.join();
        });
        bob.sends(data('0', "hell"));
        ASSERT_TRUE(you.paused()) << "you do not answer bob's block";
        cy.sends(data('0', "worl"));
        cy.expects(ack('0'));
        cy.sends(data('1', "d"));
        cy.expects(ack('1'));
        you.settles();
        you.resume();
        bob.expects(ack('0'));
        bob.sends(data('0', "hell"), "a copy");
        bob.expects(ack('0'));
        bob.sends(data('1', "o"));
        bob.expects(ack('1'));
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}
