#include "asks.h"

#include <thread>

using namespace lab;

TEST(Robust, AsksInTwoThreadsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two clients in two threads see nothing of each other: each asks its own question, and returns its own answer.",
        .why = "The first one is held with its question, or its answer, in its hand, or just before it sleeps. A static variable "
               "is one for all clients: what the other one has put there is what you send, return, or wait for.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q99"};
    for (const Family held : {Family::reading, Family::writing, Family::waiting}) {
        Learner you{lesson, {.own_time = 300s}};
        Peer di = you.wire("di"); // tells the second thread when
        UdpPeer bob = you.udp_host("bob"), cy = you.udp_host("cy");
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&, to_bob = bob.address(), to_cy = cy.address()] {
            Client first{kata::parse_endpoint(to_bob)}, second{kata::parse_endpoint(to_cy)};
            std::thread other{[&] { EXPECT_EQ("bob", ask(first, "who are you?")); }};
            expects_to_hear(you.fd(), "go");
            EXPECT_EQ("I am cy", ask(second, "who?"));
            other.join();
        });
        const auto bob_answers = [&] {
            const UdpPeer::Datagram request = bob.receives();
            EXPECT_EQ("who are you?", std::string{request.bytes}.erase(0, 4)) << "what bob is asked";
            bob.sends(id_of(request) + "bob");
        };
        if (held == Family::reading)
            bob_answers();
        if (held == Family::waiting)
            you.settles(); // held, but for who waits in recv()
        else
            ASSERT_TRUE(you.paused()) << "you never read bob's answer";
        di.sends("go");
        cy.sends(id_of(cy.receives()) + "I am cy");
        you.settles(); // cy's answer has come and gone all the way
        you.resume();
        if (held != Family::reading)
            bob_answers();
        you.finishes();
        expects(you.took() == 0ms, "what comes wakes you: no time passes", std::to_string(you.took().count()) + " ms passed");
        if (testing::Test::HasFailure())
            return;
    }
}
