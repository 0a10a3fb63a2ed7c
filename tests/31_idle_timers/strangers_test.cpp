// What it does not know, and what is not its own.
#include "loop.h"

#include <climits>
#include <sys/socket.h>
#include <thread>

using namespace idle;

TEST(Robust, ForgetsWhoIsGone)
{
    Learner you{{.rule = "who was removed, and who was told, is nobody's any more: not due, and not touched.",
                 .why = "The same turn of the loop may have closed it before. A touch that makes a new entry keeps it for ever.",
                 .read = "man 7 epoll, \"Possible pitfalls and ways to avoid them\"",
                 .ask = "Q72"},
                hours};
    you.run([] {
        Loop loop{head_60s};
        loop.add(7);
        loop.add(8);
        loop.remove(7);
        loop.remove(7);
        loop.touch(7);
        loop.got_head(7);
        loop.runs_until(31s);
        loop.touch(8);
        loop.got_head(8);
        loop.remove(8);
        loop.touch(9); // never seen
        loop.got_head(9);
        loop.remove(9);
        loop.runs_until(1h);
        loop.expects_due("8 at 30000 ms", 1);
    });
    you.finishes();
}

TEST(Robust, KnowsEachNumber)
{
    Learner you{
        {.rule = "0 is a connection like any other, and so is 100000; what is no descriptor is a stranger.",
         .why = "The kernel gives the lowest free number, and a program that closed standard input gets 0. A table of 1024, or "
                "a number of 16 bits, takes one client for another.",
         .read = "man 2 open, DESCRIPTION (\"lowest-numbered\"); man 2 select, BUGS",
         .ask = "Q9, Q72"},
        hours};
    you.run([] {
        Loop loop{head_60s};
        const std::vector<int> numbers{0, 1, 1023, 1024, 34'464, 65'535, 65'536, 100'000};
        for (const int fd : numbers)
            loop.add(fd, 0s);
        for (const int fd : {-1, 2, 100'001, INT_MAX}) {
            loop.touch(fd, 1s);
            loop.got_head(fd);
            loop.remove(fd);
        }
        for (const int fd : {0, 100'000})
            loop.touch(fd, 20s);
        loop.expires("1 and 1023 and 1024 and 34464 and 65535 and 65536", 30s);
        loop.remove(100'000);
        loop.expires("0", 50s);
    });
    you.finishes();
}

TEST(Robust, OneOfTwo)
{
    Learner you{{.rule = "two loops have their own timers, and their own limits, which are those of the moment when they began.",
                 .why =
                     "A loop for each core is the usual shape: what belongs to one stands in it, and in no global variable. And "
                     "what it was handed by reference is the caller's, who may go on with it.",
                 .read = "C++ standard, [class.temporary], [basic.stc.static]",
                 .ask = "Q72, Q76"},
                hours};
    you.run([] {
        kata::IdleLimits limits{30'000, 60'000};
        Loop ours{limits};
        limits = {20'000, 10'000};
        Loop theirs{limits};
        limits = {1, 1};
        ours.add(7, 0s);
        theirs.add(7, 0s);
        theirs.got_head(7);
        ours.touch(7, 5s);
        theirs.touch(8, 5s);
        theirs.expires("nobody", 20s - 1ns);
        theirs.expires("7", 20s);
        ours.expires("nobody", 35s - 1ns);
        ours.expires("7", 35s);
    });
    you.finishes();
}

TEST(Robust, EachInAThreadOfItsOwn)
{
    Learner you{{.rule = "two loops, each on a thread of its own, may be in expire() at the same time: each hears of its own.",
                 .why = "A static list is one for all threads. Here one stands where it sets its timer, with its list half done, "
                        "while the other one fills its own.",
                 .read = "man 7 pthreads, Thread-safe functions; C++ standard, [basic.stc.static]",
                 .ask = "Q72, Q76"},
                hours};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.nth(Call::timerfd_settime, 3).pauses(); // after two add()
    you.run([&] {
        Loop ours{idle_30s}, theirs{idle_30s};
        ours.add(7, 0s);
        theirs.add(8, 0s);
        const auto expires = [](Loop& loop, const char* who, int wire) noexcept {
            char byte = 0; // from the test: go
            ::recv(wire, &byte, 1, 0);
            loop.expires(who, 30s);
        };
        const std::jthread other{[&]() noexcept { expires(theirs, "8", you.fd(1)); }};
        expires(ours, "7", you.fd(0));
    });
    for (Peer* const peer : {&ann, &bob}) {
        peer->sends("!");
        you.settles();
    }
    you.resume();
    you.finishes();
}
