// Two threads, each with a connection of its own. The first has read a piece of its answer, and the test holds it behind the
// recv() of the second piece until the other thread is done.
#include "11_tcp_client/script.h"

#include <thread>

using namespace lab;
using script::converse, script::exchange;

namespace {

constexpr Lesson in_two_threads{.rule = "two threads may call it at the same time: what one receives, the other does not see.",
                                .why =
                                    "A static buffer is one for all threads. What stands in it belongs to whoever received last.",
                                .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                                .ask = "Q76"};

} // namespace

TEST(Robust, ExchangesInTwoThreadsAtOnce)
{
    Learner you{in_two_threads};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy"); // cy tells the second thread when
    you.nth(Family::reading, 2).returns_late();
    you.run([&] {
        std::thread first{[&] { EXPECT_EQ("this is ann, finished", exchange(you.fd(0), "ping")); }};
        expects_to_hear(you.fd(2), "go");
        EXPECT_EQ("I am bob, finished", exchange(you.fd(1), "ping"));
        first.join();
    });
    ann.expects("ping");
    ann.sends("this is ");
    ann.sends("ann");
    ASSERT_TRUE(you.paused());
    cy.sends("go");
    bob.expects("ping");
    bob.sends("I am bob");
    bob.closes();
    you.settles();
    you.resume();
    ann.closes();
    you.finishes();
}

TEST(Robust, TalksInTwoThreadsAtOnce)
{
    Learner you{in_two_threads};
    Host ann = you.host("ann"), bob = you.host("bob");
    Peer cy = you.wire("cy"); // tells the second thread when
    you.nth(Family::reading, 2).returns_late();
    you.run([&] {
        std::thread first{[&] { EXPECT_EQ("this is ann, and nobody else\n", converse(ann, "a\n")); }};
        expects_to_hear(you.fd(), "go");
        EXPECT_EQ("I am bob\n", converse(bob, "b\n"));
        first.join();
    });
    Peer of_ann = ann.accepts();
    of_ann.expects("a\n");
    of_ann.sends("this is ");
    of_ann.sends("ann, and nobody else\n");
    ASSERT_TRUE(you.paused());
    cy.sends("go");
    Peer of_bob = bob.accepts();
    of_bob.expects("b\n");
    of_bob.sends("I am bob\n");
    of_bob.expects_end();
    you.resume();
    of_ann.expects_end();
    you.finishes();
}
