// Whose limits they are.
#include "loop.h"

#include <unistd.h>

using namespace idle;

TEST(Robust, TellsEachOnce)
{
    Learner you{{.rule = "a connection that is over both limits is told once; its other limit dies with it.",
                 .why = "Told twice, it is closed twice: the second close hits whoever has the number by then.",
                 .read = "man 2 close, NOTES",
                 .ask = "Q72"},
                hours};
    you.run([] {
        Loop loop{{30'000, 40'000}};
        loop.add(7, 0s);
        loop.add(8, 1s);
        loop.touch(8, 20s);
        loop.expires("7", 30s);
        loop.expires("nobody", 30s);
        loop.expires("nobody", 41s - 1ns);
        loop.expires("8", 90s);
        loop.expires("nobody", 200s);
        loop.add(9, 200s);
        loop.expires("9", 300s);

        const kata::UniqueFd client{::dup(loop.timers().fd())};
        loop.add(client.get(), 300s);
        loop.expires(std::to_string(client.get()), 400s);
        expects_open(client.get(), "when it is due: to close it is the caller's matter");
    });
    you.finishes();
}

TEST(Robust, TellsAllWhoAreDue)
{
    Learner you{
        {.rule = "all who are due by `now` are told at once, also those of the same moment; at the end of a limit it is over.",
         .why = "A loop that was busy for a while finds many. One a turn, and the last of them wait for the turns of all "
                "others.",
         .read = "man 2 timerfd_create, read(2)",
         .ask = "Q56"},
        hours};
    you.run([] {
        Loop loop{head_60s};
        const Clock::time_point begin = Clock::now(), due_at = begin + 31s;
        std::vector<int> all;
        for (int fd = 100; fd < 10'100; ++fd)
            all.push_back(fd);
        calls("10000 times add(), and after a second 10000 times touch()", [&] {
            for (const int fd : all)
                loop.timers().add(fd, begin);
            for (const int fd : all)
                loop.timers().touch(fd, begin + 1s);
        });
        std::vector<int> early = loop.timers().expire(due_at - 1ns), due = loop.timers().expire(due_at);
        std::sort(due.begin(), due.end());
        expects(early.empty(), "expire() says nobody, 1 ns before", std::to_string(early.size()) + " of them");
        expects(due == all, "expire() says all of the 10000 who are due", std::to_string(due.size()) + " of them");
    });
    you.finishes();
}

TEST(Robust, BeginsAnewForTheNextRequest)
{
    Learner you{{.rule = "add() of a number that is known begins both limits anew, and leaves nothing of the old ones.",
                 .why = "The next request of a client that stays; or another client, where the loop forgot to say remove().",
                 .read = "man 2 open, DESCRIPTION",
                 .ask = "Q56, Q72"},
                hours};
    you.run([] {
        Loop loop{{40'000, 60'000}};
        loop.add(7, 0s);
        loop.got_head(7);
        loop.add(7, 10s); // the next request: its head is limited again
        loop.touch(7, 35s);
        loop.touch(7, 60s);
        loop.expires("nobody", 70s - 1ns);
        loop.expires("7", 70s);
        loop.add(8, 100s);
        loop.add(8, 130s);
        loop.expires("nobody", 170s - 1ns);
        loop.expires("8", 170s);
        for (const auto& [fd, at] : {std::pair{10, 200s}, {11, 201s}, {10, 210s}}) // now 11 is the first of the two
            loop.add(fd, at);
        loop.expires("11", 241s);
        loop.expires("10", 250s);
        for (const auto& [fd, at] : {std::pair{12, 300s}, {13, 301s}, {12, 310s}})
            loop.add(fd, at);
        loop.touch(12, 335s);
        loop.touch(13, 335s);
        loop.expires("13", 361s); // and by its head, too
        loop.expires("12", 370s);
    });
    you.finishes();
}

TEST(Robust, MayBeAskedAtAnyTime)
{
    Learner you{
        {.rule = "expire() never waits, and looks at `now`: a turn may ask before the timer rang, or see more than it did.",
         .why = "A read of a timer that has not rung blocks; without blocking it is EAGAIN, which says nothing about `now`.",
         .read = "man 2 timerfd_create, read(2)",
         .ask = "Q58"},
        {.own_time = std::chrono::hours{100}, .idle_calls = 0}};
    you.run([] {
        Loop loop{idle_30s};
        loop.add(7);
        loop.add(8, 10s);
        loop.expires("nobody", 15s);
        loop.expires("7", 35s); // the clock is still at its begin
        loop.expires("nobody", 36s);
        loop.touch(8, 45s); // it was over, and nobody has asked: the byte came before
        loop.expires("nobody", 46s);
        loop.runs_until(1h);
        loop.expects_due("8 at 75000 ms", 1);
    });
    you.finishes();
}

TEST(Robust, SparesWhoseHeadCameInTime)
{
    Learner you{{.rule = "a head that was told before anybody asked is there: its limit is over, and nobody is due.",
                 .why = "The turn finds bytes and the timer together. It reads first: whoever has come so far is no Slowloris.",
                 .read = "man 2 poll, DESCRIPTION",
                 .ask = "Q56"},
                hours};
    you.run([] {
        Loop loop{{60'000, 30'000}};
        loop.add(7, 0s);
        loop.add(8, 0s);
        loop.touch(7, 31s);
        loop.got_head(7);
        loop.expires("8", 31s);
        loop.expires("nobody", 91s - 1ns); // what is left is the idle limit, and the whole of it
        loop.expires("7", 91s);
    });
    you.finishes();
}

TEST(Hostile, AnOldLimitDoesNotHitANewClient)
{
    Learner you{{.rule = "a number that comes again is another client: none of the old limits is left.",
                 .why = "The kernel gives the lowest free number, so the next client has it at once. A list that knows numbers "
                        "only takes it for the old one.",
                 .read = "man 2 open, DESCRIPTION; man 7 epoll, \"Possible pitfalls and ways to avoid them\"",
                 .ask = "Q72"},
                hours};
    you.run([] {
        Loop loop{head_60s};
        loop.add(7);
        loop.add(8);
        loop.got_head(7);
        loop.got_head(8);
        loop.runs_until(20s);
        loop.remove(7);
        loop.add(7); // somebody else, without a head
        loop.runs_until(40s);
        loop.touch(7);
        loop.runs_until(55s);
        loop.touch(7);
        loop.add(8); // another one, after 8 was told
        for (Clock::duration at = 75s; at <= 115s; at += 20s) {
            loop.runs_until(at);
            loop.touch(8);
        }
        loop.runs_until(1h);
        loop.expects_due("8 at 30000 ms, 7 at 80000 ms, 8 at 115000 ms", 7);
    });
    you.finishes();
}
