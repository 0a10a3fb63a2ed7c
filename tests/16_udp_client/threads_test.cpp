#include "asks.h"

#include <thread>

using namespace lab;

TEST(Robust, AsksInTwoThreadsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two clients in two threads see nothing of each other: each asks its own question, and returns its own answer.",
        .why = "The first one is held with its question, or its answer, in its hand. A static variable is one for all clients: "
               "the other's bytes are in it by then, with another id, and what comes back is thrown away.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q99"};
    for (const Family held : {Family::reading, Family::writing}) {
        Learner you{lesson, {.own_time = 300s}};
        Peer di = you.wire("di"); // tells the second thread when
        UdpPeer bob = you.udp_host("bob"), cy = you.udp_host("cy");
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&, to_bob = bob.address(), to_cy = cy.address()] {
            const auto asks = [](const std::string& server, const char* question, const char* answer) {
                Client client{kata::parse_endpoint(server)};
                EXPECT_EQ(answer, ask(client, question));
            };
            std::thread first{[&] { asks(to_bob, "who are you?", "bob"); }};
            expects_to_hear(you.fd(), "go");
            asks(to_cy, "who?", "I am cy");
            first.join();
        });
        const auto bob_answers = [&] {
            const UdpPeer::Datagram request = bob.receives();
            EXPECT_EQ("who are you?", std::string{request.bytes}.erase(0, 4)) << "what bob is asked";
            bob.sends(id_of(request) + "bob");
        };
        if (held == Family::reading)
            bob_answers();
        ASSERT_TRUE(you.paused()) << "you never read bob's answer";
        di.sends("go");
        cy.sends(id_of(cy.receives()) + "I am cy");
        you.settles(); // cy's answer has come and gone all the way
        you.resume();
        if (held == Family::writing)
            bob_answers();
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}
