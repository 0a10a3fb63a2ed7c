#include "asks.h"

#include <thread>

using namespace lab;

TEST(Robust, AsksInTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two clients in two threads see nothing of each other: each returns what its own server has answered.",
         .why =
             "A static variable is one for all clients: the answer of the one is overwritten by that of the other, whose id is "
             "another one, and thrown away.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
         .ask = "Q99"},
        {.own_time = 300s}};
    UdpPeer bob = you.udp_host("bob"), cy = you.udp_host("cy");
    you.nth(Family::reading, 1).returns_late();
    you.run([to_bob = bob.address(), to_cy = cy.address()] {
        const auto asks = [](const std::string& server, const char* answer) {
            Client client{kata::parse_endpoint(server)};
            EXPECT_EQ(answer, ask(client, "who?"));
        };
        std::thread first{[&] { asks(to_bob, "bob"); }};
        asks(to_cy, "I am cy");
        first.join();
    });
    const std::string bobs = id_of(bob.receives()), cys = id_of(cy.receives());
    bob.sends(bobs + "bob");
    ASSERT_TRUE(you.paused()) << "you never read bob's answer";
    cy.sends(cys + "I am cy");
    you.settles(); // cy's answer has come and gone all the way
    you.resume();
    you.finishes();
}
