#include "loop.h"

using namespace idle;

TEST(Works, SaysWhoWasSilentTooLong)
{
    Learner you{{.rule = "the timer rings when the idle limit of a connection is over, and expire() says which one.",
                 .why = "A descriptor for time stands beside the sockets in poll(): the loop needs no thread, and no pause.",
                 .read = "man 2 timerfd_create, DESCRIPTION",
                 .ask = "Q56, Q58"},
                hours};
    you.run([] {
        Loop loop{idle_30s};
        loop.add(7);
        loop.runs_until(1h);
        loop.expects_due("7 at 30000 ms");
    });
    you.finishes();
}

TEST(Works, SparesWhoIsActive)
{
    Learner you{{.rule = "a touch begins the idle limit again, from the moment of the touch.",
                 .why = "Who leaves the old moment in its list closes a client that is busy.",
                 .read = "man 2 timerfd_create, timerfd_settime()",
                 .ask = "Q56"},
                hours};
    you.run([] {
        Loop loop{idle_30s};
        loop.add(7);
        for (Clock::duration at = 20s; at <= 200s; at += 20s) {
            loop.runs_until(at);
            loop.touch(7);
        }
        loop.runs_until(1h);
        loop.expects_due("7 at 230000 ms", 11);
    });
    you.finishes();
}

TEST(Works, LimitsTheHead)
{
    Learner you{{.rule = "a byte now and then buys no time for the head of a request.",
                 .why = "The idle limit measures the gap. Slowloris has no gaps; only a limit for the whole ends it.",
                 .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q56"},
                hours};
    you.run([] {
        Loop loop{head_60s};
        loop.add(7);
        for (Clock::duration at = 10s; at < 60s; at += 10s) {
            loop.runs_until(at);
            loop.touch(7);
        }
        loop.runs_until(1h);
        loop.expects_due("7 at 60000 ms", 5);
    });
    you.finishes();
}

TEST(Works, LetsGoOfTheHeadWhenItIsThere)
{
    Learner you{{.rule = "when the head is there, only the idle limit is left.",
                 .why = "An answer may take long. A limit of the head that goes on cuts it off; without the idle limit a client "
                        "that is gone stays for ever.",
                 .read = "man 2 timerfd_create, DESCRIPTION",
                 .ask = "Q56"},
                hours};
    you.run([] {
        Loop loop{head_60s};
        loop.add(7);
        loop.got_head(7);
        for (Clock::duration at = 20s; at <= 200s; at += 20s) {
            loop.runs_until(at);
            loop.touch(7);
        }
        loop.runs_until(210s);
        loop.got_head(7); // nothing new, and no touch
        loop.runs_until(1h);
        loop.expects_due("7 at 230000 ms", 11);
    });
    you.finishes();
}

TEST(Works, RingsForEach)
{
    Learner you{{.rule = "one timer for all: it is set to the next one that is due, each time.",
                 .why = "It rings once, and is then off until it is set. And one that is set to the last leaves out all others.",
                 .read = "man 2 timerfd_create, timerfd_settime(), it_value and it_interval",
                 .ask = "Q58"},
                hours};
    you.run([] {
        Loop loop{idle_30s};
        std::string all;
        for (int i = 0; i < 40; ++i) {
            loop.runs_until(i * 7ms);
            loop.add(100 + i);
            all += (i == 0 ? "" : ", ") + std::to_string(100 + i) + " at " + std::to_string(30'000 + i * 7) + " ms";
        }
        loop.runs_until(1h);
        loop.expects_due(all);
    });
    you.finishes();
}

TEST(Works, SleepsWhileNobodyIsThere)
{
    Learner you{{.rule = "with no connection the timer does not ring, and nobody is due.",
                 .why = "A timer that ticks wakes the processor for nothing: 0 in it_value is off, and it_interval stays 0.",
                 .read = "man 2 timerfd_create, timerfd_settime()",
                 .ask = "Q58"},
                hours};
    you.run([] {
        Loop loop{idle_30s};
        loop.expires("nobody", 0s);
        loop.runs_until(1h);
        loop.add(7);
        loop.runs_until(2h);
        loop.expects_due("7 at 3630000 ms");
    });
    you.finishes();
}
