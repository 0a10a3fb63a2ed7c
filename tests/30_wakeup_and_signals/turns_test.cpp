// What a turn of the loop costs, and who has his share of it.
#include "looping.h"

using namespace looping;

TEST(Robust, SleepsBetweenWakeUps)
{
    static constexpr int many = 10, most = 3 * (many + 1);
    Learner you{{.rule = "the loop sleeps until somebody wakes it, and each wake-up is one turn.",
                 .why = "An eventfd stays readable until it is read: the next wait returns at once, and the next, and the next. "
                        "And who looks from time to time is late each time, and wakes the machine for nothing.",
                 .read = "man 2 eventfd, DESCRIPTION, read(2); man 2 epoll_wait, timeout",
                 .ask = "Q85, Q87"},
                {.own_time = 100h}};
    you.run([] {
        Loop loop;
        Story story;
        runs_beside(loop, [&] {
            for (int i = 0; i < many; ++i) {
                wait_for_the_test();
                posts(loop, story, "one");
            }
            wait_for_the_test();
            stops(loop);
        });
    });
    you.settles();
    for (const auto time : {1s, 172'800s}) {
        you.time_passes(time);
        ASSERT_EQ(0, you.waits_in_vain()) << "it looked from time to time whether there is something to do";
    }
    for (int i = 0; i <= many; ++i)
        goes_on(you);
    you.finishes();
    EXPECT_LE(you.count(Family::waiting), most) << "ten posts and a stop: so many turns are more than they need";
    EXPECT_LE(you.count(Family::reading), most) << "ten posts and a stop: so many reads are more than they need";
}

TEST(Robust, PaysOnceForManyTasks)
{
    static constexpr int many = 1100; // a queue for 1024 is full then
    Learner you{{.rule = "a thousand tasks that wait cost one wake-up: as many calls as one task. And post() waits for nobody.",
                 .why = "The counter adds up what was written, and one read takes it all; EFD_SEMAPHORE takes one at a time. And "
                        "who takes a part of the tasks a turn pays for more turns.",
                 .read = "man 2 eventfd, DESCRIPTION, read(2)",
                 .ask = "Q85, Q87"}};
    you.run([] {
        Loop loop;
        int ran = 0;
        runs_beside(loop, [&] {
            for (const int tasks : {1, many}) {
                wait_for_the_test();
                loop.post([&, tasks] { // on the loop's thread: all of them are there before the next turn
                    for (int i = 0; i < tasks; ++i)
                        loop.post([&] { ++ran; });
                });
            }
            wait_for_the_test();
            stops(loop);
        });
        expects(ran == 1 + many, "1101 tasks run", std::to_string(ran));
    });
    const auto costs = [&] {
        const int before = you.count(Family::waiting) + you.count(Family::reading);
        goes_on(you);
        you.settles();
        return you.count(Family::waiting) + you.count(Family::reading) - before;
    };
    you.settles();
    const int one = costs(), all = costs();
    goes_on(you);
    you.finishes();
    EXPECT_TRUE(all <= one) << "so many calls that wait or read: " << all << " for 1100 tasks, and " << one << " for one";
}

TEST(Hostile, CallsBackBesideABusyTask)
{
    static constexpr int many = 1000;
    Learner you{{.rule = "a task that posts itself again and again holds up no descriptor.",
                 .why = "Who runs tasks until none is left never comes back to epoll_wait().",
                 .read = "man 7 epoll, \"Possible pitfalls and ways to avoid them\", Starvation",
                 .ask = "Q85"}};
    you.run([] {
        Loop loop;
        int rounds = 0, called_after = many;
        const kata::UniqueFd counter{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
        const Loop::Task again = [&] {
            if (++rounds == 1)
                ::eventfd_write(counter.get(), 1);
            if (rounds < called_after)
                loop.post(again);
            else
                loop.stop();
        };
        loop.reactor().add(counter.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) { called_after = rounds; });
        posts(loop, "a task that posts itself", again);
        runs(loop);
        expects(called_after <= 10, "the callback is called after ten rounds of the task at the latest",
                called_after < many ? "after " + std::to_string(called_after) : "not in 1000 rounds");
    });
    you.finishes();
}

TEST(Hostile, RunsTasksBesideABusyDescriptor)
{
    static constexpr int many = 100;
    Learner you{{.rule = "a descriptor that is always ready holds up no task.",
                 .why = "Level-triggered, it is told in each turn, as long as nobody reads. That may be a client who floods.",
                 .read = "man 7 epoll, \"Possible pitfalls and ways to avoid them\", Starvation",
                 .ask = "Q85"}};
    you.run([] {
        Loop loop;
        int called = 0, ran_after = many;
        const kata::UniqueFd ready = ready_one();
        loop.reactor().add(ready.get(), EPOLLIN, [&](std::uint32_t) {
            if (++called == 1)
                loop.post([&] { ran_after = called; });
            if (called > ran_after || called == many)
                loop.stop();
        });
        runs(loop);
        expects(ran_after <= 10, "the task runs after ten calls of the callback at the latest",
                ran_after < many ? "after " + std::to_string(ran_after) : "not in 100 turns");
    });
    you.finishes();
}
