#include "attempts.h"

#include <thread>

using namespace lab;

TEST(Robust, TwoThreadsConnectAtOnce)
{
    Learner you{
        {.rule = "two threads connect at once, and each is told of its own attempt.",
         .why = "A static place is one for all threads: here you wait for a socket of another thread, or until its limit.",
         .read = "man 7 pthreads, \"Thread-safe functions\"",
         .ask = "Q26, Q59"},
        {.own_time = 10s}};
    Peer bob = you.wire("bob");
    Host ann = you.host("ann"), mute = you.silent_host("mute");
    you.nth(Family::waiting, 1).pauses(); // for mute
    you.run([&] {
        kata::UniqueFd fd; // open until both have ended
        std::thread other{[&] {
            expects_to_hear(you.fd(), "now");
            fd = connect(ann, an_hour);
        }};
        EXPECT_EQ("ETIMEDOUT", outcome(mute, 200));
        other.join();
    });
    bob.sends("now");
    const Peer server = ann.accepts();
    you.settles(); // that one is through
    you.resume();
    you.finishes();
    expects_took(you, 200ms, "it gives up after 200 ms");
}

TEST(Robust, TellsEachThreadOfItsOwnAttempt)
{
    Learner you{{.rule = "what SO_ERROR says is for the thread that has asked.",
                 .why =
                     "The first thread has its answer, ECONNREFUSED, and has not looked at it yet, when another one hears that "
                     "it is connected. In one static place for both, that is a 0, and nobody is there.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 socket, SO_ERROR",
                 .ask = "Q26, Q76"}};
    Peer bob = you.wire("bob");
    Host ann = you.host("ann"), shut = you.refusing_host("shut");
    you.nth(Call::getsockopt, 1).returns_late();
    you.run([&] {
        std::thread other{[&] {
            expects_to_hear(you.fd(), "now");
            EXPECT_EQ("no error", outcome(ann, an_hour));
        }};
        EXPECT_EQ("ECONNREFUSED", outcome(shut, an_hour));
        other.join();
    });
    you.settles(); // it is held, or has never asked
    bob.sends("now");
    you.settles(); // that one is through
    you.resume();
    you.finishes();
}
