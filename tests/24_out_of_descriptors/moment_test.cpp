// Time: the moment between two tries, and the limit.
#include "door.h"

using namespace door;

TEST(Robust, RestsForAMomentEachTime)
{
    Learner you{{.rule = "each pause is 1 to 100 ms long: the tenth one, too, and also when signals come.",
                 .why = "A pause that doubles soon keeps the client waiting. And nanosleep ends with EINTR: where a timer rings "
                        "often, the pause is none; and one that begins again with each signal never ends.",
                 .read = "man 2 nanosleep, EINTR; man 2 accept, ENOMEM",
                 .ask = "Q21, Q88"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.every(Family::accepting).fails(ENOMEM);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        takes_nobody(acceptor, 1500);
    });
    const auto tries_in = [&](int times, std::chrono::microseconds time, bool with_signals) {
        const int before = you.count(Family::accepting);
        for (int i = 0; i < times; ++i) {
            you.time_passes(time);
            if (with_signals)
                you.gets_signal(SIGUSR1);
        }
        you.settles();
        return you.count(Family::accepting) - before;
    };
    you.settles();
    for (int i = 0; i < 10 && !you.is_done(); ++i)
        ASSERT_GE(tries_in(1, 100ms, false), 1) << "you did not try again in 100 ms";
    ASSERT_LE(tries_in(20, 200us, true), 5) << "you tried so often in 4 ms, with a signal each 200 us";
    if (!you.is_done()) { // nor does it begin again
        ASSERT_GE(tries_in(30, 10ms, true), 2) << "you did not try twice in 300 ms, with a signal each 10 ms";
    }
    ann.expects_silence();
    you.finishes();
}

TEST(Robust, CountsTheTimeOnce)
{
    Learner you{{.rule = "neither a signal nor a clock that is set begins the time again, or ends it.",
                 .why = "poll() with the whole limit again each time never ends where signals come often.",
                 .read = "man 2 poll, EINTR; man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q58, Q88"},
                {.own_time = std::chrono::hours{3}, .descriptors = 10, .idle_calls = 0}};
    you.listener(16, true);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        wait_for_the_test();
        expects_time(1000ms, [&] { takes_nobody(acceptor, 1000); });
    });
    ASSERT_TRUE(you.paused());
    you.time_passes(900us); // it begins at no whole millisecond
    you.resume();
    you.time_passes(300'350us); // and what is left is no whole number of them
    ASSERT_TRUE(you.interrupts(Family::waiting));
    you.wall_clock_is_set(-1h);
    you.time_passes(300'350us);
    ASSERT_TRUE(you.interrupts(Family::waiting));
    you.finishes();
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the caller has blocked waits until he wants it: neither a wait nor a pause lets it in.",
                 .why = "ppoll() and pselect() sleep with the mask that they are given. An empty one opens what was closed, and "
                        "here SIGTERM ends the process in the middle of the wait.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q55, Q88"},
                strict};
    you.listener(16, true);
    you.every(Family::accepting).fails(ENOMEM);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        while_a_signal_is_blocked([&] {
            takes_nobody(acceptor, 200);
            wait_for_the_test();
            takes_nobody(acceptor, 200);
        });
    });
    ASSERT_TRUE(you.paused());
    Peer ann = you.connect("ann");
    you.resume();
    ann.expects_silence();
    you.finishes();
}
