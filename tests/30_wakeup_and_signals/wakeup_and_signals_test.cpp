#include "looping.h"

using namespace looping;

TEST(Works, RunsWhatWasPosted)
{
    Learner you{{.rule = "tasks that one thread posts run in the order of its posts, once, and in run(), not before.",
                 .why = "Each may count on what the one before has done.",
                 .read = "man 2 eventfd",
                 .ask = "Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        for (const char* name : {"one", "two", "three"})
            posts(loop, story, name);
        posts(loop, "stop", [&] { loop.stop(); });
        story.is("");
        runs(loop);
        story.is("one, two, three");
    });
    you.finishes();
}

TEST(Works, WakesASleepingLoop)
{
    Learner you{{.rule = "a task that another thread posts wakes the loop, and runs on the loop's thread.",
                 .why = "The loop sleeps in a wait for descriptors. A queue, a flag or a condition variable is none.",
                 .read = "man 2 eventfd, NOTES",
                 .ask = "Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        const auto loops_thread = std::this_thread::get_id();
        runs_beside(loop, [&] {
            std::string all;
            for (const std::string name : {"one", "two", "three"}) {
                wait_for_the_test();
                posts(loop, name,
                      [&, name] { story.tell(std::this_thread::get_id() == loops_thread ? name : name + " on another thread"); });
                wait_for_the_test();
                story.is(all += (all.empty() ? "" : ", ") + name);
            }
            stops(loop);
        });
    });
    for (int i = 0; i < 6; ++i)
        goes_on(you);
    you.finishes();
}

TEST(Works, PostsFromATask)
{
    Learner you{{.rule = "a task may post another one: that runs later, and not inside of it.",
                 .why = "Who holds the lock while a task runs waits for itself here. And who runs a task at once, inside of "
                        "another, finds the other one's work half done.",
                 .read = "man 3 pthread_mutex_lock, DESCRIPTION",
                 .ask = "Q76, Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, "one", [&] {
            story.tell("one begins");
            posts(loop, "two", [&] {
                story.tell("two");
                loop.stop();
            });
            story.tell("one ends");
        });
        runs(loop);
        story.is("one begins, one ends, two");
    });
    you.finishes();
}

TEST(Works, StopsFromATask)
{
    Learner you{{.rule = "after a stop() no task begins any more; those that are left are for the next run(), in their order.",
                 .why = "Whoever stops has a reason not to go on. And nobody posts them a second time.",
                 .read = "man 2 eventfd",
                 .ask = "Q87, Q89"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, story, "one");
        posts(loop, "stop", [&] {
            stops(loop);
            posts(loop, "three", [&] {
                story.tell("three");
                loop.stop();
            });
        });
        posts(loop, story, "two");
        runs(loop);
        story.is("one");
        runs(loop);
        story.is("one, two, three");
    });
    you.finishes();
}

TEST(Works, StopsFromAnotherThread)
{
    Learner you{{.rule = "a stop() of another thread ends a run() that sleeps, each time.",
                 .why = "A flag alone is not seen by a loop that sleeps.",
                 .read = "man 2 eventfd, NOTES",
                 .ask = "Q67, Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        for (int i = 0; i < 2; ++i) {
            runs_beside(loop, [&] {
                wait_for_the_test();
                stops(loop);
            });
            story.tell("returned");
        }
        story.is("returned, returned");
    });
    for (int i = 0; i < 2; ++i)
        goes_on(you);
    you.finishes();
}

TEST(Works, CallsBackBesideTasks)
{
    Learner you{{.rule = "what the reactor watches is called by the same run(), on the same thread, as the tasks are.",
                 .why = "That is what the loop is for: one thread, one place to sleep, and no lock for what it owns.",
                 .read = "man 7 epoll",
                 .ask = "Q80, Q87"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        Loop loop;
        Story story;
        loop.reactor().add(you.fd(), EPOLLIN, [&](std::uint32_t) {
            expects_to_hear(you.fd(), "hello");
            story.tell("ann");
            posts(loop, "stop", [&] { stops(loop); });
        });
        posts(loop, story, "one");
        runs(loop);
        story.is("one, ann");
    });
    you.settles();
    ann.sends("hello");
    you.finishes();
}

TEST(Works, DrainsAtASignal)
{
    Learner you{{.rule = "the first SIGTERM calls what drains, in the loop; that decides when the loop stops.",
                 .why = "A signal that is blocked waits, and signalfd(2) makes a readable descriptor of it. One that is not "
                        "blocked ends the process, whatever reads the descriptor.",
                 .read = "man 2 signalfd, DESCRIPTION",
                 .ask = "Q88, Q89"}};
    you.may_change("SIGTERM");
    you.run([] {
        const kata::UniqueFd signals = calls("make_signal_fd({SIGTERM})", [] { return kata::make_signal_fd({SIGTERM}); });
        Loop loop;
        Story story;
        kata::end_on_signals(loop, signals.get(), [&] {
            story.tell("drains");
            stops(loop);
        });
        runs(loop);
        story.is("drains");
    });
    ASSERT_TRUE(you.asleep_in(Family::waiting));
    you.gets_signal(SIGTERM);
    you.finishes();
}
