// The moments in which a wake-up can be lost. The test holds a thread at each of them.
#include "looping.h"

using namespace looping;

TEST(Robust, KeepsATaskThatComesWhileItTakes)
{
    Learner you{
        {.rule = "a task that is posted after the wake-up, and before the loop has taken its tasks, is not forgotten; nor "
                 "is the next one.",
         .why = "First read, then take the queue. Who takes first, and reads then, swallows the wake-up of a task that "
                "came in between: it lies in the queue, and the loop sleeps. So does a mark that somebody has rung, where "
                "it goes down before the read, and up again in between: nobody rings any more.",
         .read = "man 2 eventfd, DESCRIPTION, read(2)",
         .ask = "Q87"}};
    Peer boss = you.wire("boss");
    you.nth(Call::read, 1).pauses();
    you.run([&] {
        Loop loop;
        Story story;
        runs_beside(loop, [&] {
            posts(loop, story, "one");
            waits_for(you.fd());
            posts(loop, story, "two");
            waits_for(you.fd());
            story.is("one, two");
            posts(loop, story, "three");
            waits_for(you.fd());
            story.is("one, two, three");
            stops(loop);
        });
    });
    you.settles(); // the loop is about to read
    boss.sends(".");
    you.settles();
    you.resume();
    for (int i = 0; i < 2; ++i) {
        you.settles(); // it sleeps
        boss.sends(".");
    }
    you.finishes();
}

TEST(Robust, KeepsATaskThatComesBeforeItSleeps)
{
    Learner you{{.rule = "a task that is posted when the loop is about to sleep keeps it from sleeping.",
                 .why = "A descriptor stays readable. A signal to the thread is gone by the time the wait begins, and a "
                        "notification that nobody waits for is none.",
                 .read = "man 2 select, BUGS; man 2 eventfd",
                 .ask = "Q67, Q87"}};
    Peer boss = you.wire("boss");
    you.nth(Family::waiting, 1).pauses();
    you.run([&] {
        Loop loop;
        Story story;
        runs_beside(loop, [&] {
            waits_for(you.fd());
            posts(loop, story, "one");
            waits_for(you.fd());
            story.is("one");
            stops(loop);
        });
    });
    you.settles(); // the loop is about to wait
    boss.sends(".");
    you.settles();
    you.resume();
    boss.sends(".");
    you.finishes();
}

TEST(Robust, KeepsATaskThatComesWhileOneRuns)
{
    Learner you{{.rule = "a task that another thread posts while one runs is run after it; post() does not wait for that.",
                 .why = "Who rings only for a loop that sleeps must be sure that one that is awake looks once more. And a lock "
                        "that is held while tasks run stops every thread that has something to post.",
                 .read = "man 2 eventfd, NOTES",
                 .ask = "Q76, Q87"}};
    Peer boss = you.wire("boss");
    you.run([&] {
        Loop loop;
        Story story;
        posts(loop, "one", [&] {
            story.tell("one");
            wait_for_the_test();
        });
        runs_beside(loop, [&] {
            waits_for(you.fd());
            posts(loop, story, "two");
            ::send(you.fd(), "posted", 6, MSG_NOSIGNAL);
            waits_for(you.fd());
            story.is("one, two");
            stops(loop);
        });
    });
    ASSERT_TRUE(you.paused());
    boss.sends(".");
    boss.expects("posted");
    you.resume();
    you.settles();
    boss.sends(".");
    you.finishes();
}

TEST(Robust, EnqueuesBeforeItWakes)
{
    Learner you{{.rule = "post() puts the task into the queue first, and wakes the loop then.",
                 .why = "The other way round the loop may wake up, find nothing, and sleep again before the task is there. Here "
                        "it does: post() is held in the middle, where it asks for memory.",
                 .read = "man 2 eventfd",
                 .ask = "Q87"}};
    Peer boss = you.wire("boss");
    you.run([&] {
        Loop loop;
        Story story;
        runs_beside(loop, [&] {
            Loop::Task task = story.of("one");
            waits_for(you.fd());
            {
                const AtAllocation stands_still{[&] { waits_for(you.fd()); }};
                loop.post(std::move(task));
                if (!stands_still.came())
                    waits_for(you.fd());
            }
            waits_for(you.fd());
            story.is("one");
            stops(loop);
        });
    });
    for (int i = 0; i < 3; ++i) {
        you.settles();
        boss.sends(".");
    }
    you.finishes();
}

TEST(Robust, RunsOnAnyThread)
{
    Learner you{{.rule = "one thread makes the loop and runs it, another one runs it then, and the first one later: post() wakes "
                         "it each time.",
                 .why = "Whoever made the loop, or ran it first, may be any other thread for it by now.",
                 .read = "man 3 pthread_self",
                 .ask = "Q76, Q87"}};
    you.run([]() noexcept {
        Loop loop;
        Story story;
        stops(loop);
        runs(loop); // returns at once
        {
            const std::jthread runner{[&]() noexcept { runs(loop); }};
            wait_for_the_test();
            posts(loop, story, "one");
            wait_for_the_test();
            story.is("one");
            stops(loop);
        }
        posts(loop, story, "two");
        posts(loop, "stop", [&] { stops(loop); });
        runs(loop);
        story.is("one, two");
    });
    for (int i = 0; i < 2; ++i)
        goes_on(you);
    you.finishes();
}

TEST(Robust, GoesOnAfterASignal)
{
    Learner you{{.rule = "a signal with a handler wakes the loop, and that is all: it goes on.",
                 .why = "EINTR says that nothing has happened yet. And SA_RESTART never restarts epoll_wait().",
                 .read = "man 7 signal, Interruption of system calls and library functions by signal handlers",
                 .ask = "Q88"}};
    you.run([] {
        Loop loop;
        Story story;
        runs_beside(loop, [&] {
            wait_for_the_test();
            posts(loop, story, "one");
            wait_for_the_test();
            story.is("one");
            stops(loop);
        });
    });
    you.settles();
    ASSERT_TRUE(you.interrupts(Family::waiting));
    for (int i = 0; i < 2; ++i)
        goes_on(you);
    you.finishes();
}
