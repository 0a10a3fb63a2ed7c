#include "15_udp_server/udp_server.h"

#include "lab/lab.h"

#include <thread>

using namespace lab;

TEST(Robust, ServesInTwoThreadsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two threads may serve at the same time, each its own socket, and see nothing of each other.",
        .why = "The first one is held with ann's datagram, or her answer, in its hand. A static variable is one for all threads: "
               "her answer goes to bob, or has his bytes. And who waits for a datagram inside of a lock lets all others wait.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q92, Q94"};
    for (const Family held : {Family::reading, Family::writing}) {
        Learner you{lesson, {.deadline = 1s}}; // a thread that waits for a lock is never said to be stuck
        UdpPeer ann = you.udp_wire("ann"), bob = you.udp_wire("bob");
        Peer cy = you.wire("cy"); // tells the second thread when
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&] {
            const auto serves = [](int fd) {
                std::vector<std::byte> scratch(64);
                kata::udp_echo_once(fd, scratch);
            };
            std::thread first{[&] { serves(you.fd(0)); }};
            expects_to_hear(you.fd(2), "go");
            serves(you.fd(1));
            first.join();
        });
        ann.sends("I am ann");
        ASSERT_TRUE(you.paused());
        cy.sends("go");
        bob.sends("bob");
        bob.expects("bob");
        you.resume();
        ann.expects("I am ann");
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}
