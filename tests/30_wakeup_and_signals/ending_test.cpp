// end_on_signals(): which signal is the first one, and which the second.
#include "looping.h"

#include <fcntl.h>
#include <sys/signalfd.h>

using namespace looping;

namespace {

// The loop, with signals that are there when it begins, and what they drain.
void runs_with(Story& story, std::initializer_list<int> signals)
{
    const kata::UniqueFd fd = opens_signal_fd({SIGTERM, SIGINT});
    {
        Loop loop;
        kata::end_on_signals(loop, fd.get(), [&] { story.tell("drains"); });
        for (const int signal : signals)
            gets(signal);
        runs(loop);
    }
    expects_open(fd.get(), "when the loop is gone: it is the caller's");
}

} // namespace

TEST(Robust, TakesTwoSignalsForTwo)
{
    Learner you{{.rule = "two different signals that are there at once are a first and a second one: it drains, and stops.",
                 .why = "One read(2) gives as many signals as wait and as the buffer has room for. Who looks at one of them, or "
                        "only whether there are any, waits for a second one that has come already.",
                 .read = "man 2 signalfd, DESCRIPTION, read(2)",
                 .ask = "Q88, Q89"}};
    you.may_change("SIGTERM");
    you.may_change("SIGINT");
    you.run([] {
        Story story;
        for (int i = 0; i < 2; ++i) // the next loop has signals of its own
            runs_with(story, {SIGTERM, SIGINT});
        story.is("drains, drains");
    });
    you.finishes();
}

TEST(Robust, DrainsOnceForEachOfTheSame)
{
    Learner you{{.rule = "one signal is one, however long the draining takes; the next one, the same again, stops the loop.",
                 .why = "A signalfd stays readable until somebody reads it. Who does not is called again at once, and takes that "
                        "for the second signal.",
                 .read = "man 2 signalfd, DESCRIPTION, read(2)",
                 .ask = "Q88, Q89"}};
    you.may_change("SIGTERM");
    you.may_change("SIGINT");
    you.run([] {
        Story story;
        runs_with(story, {});
        story.is("drains");
    });
    ASSERT_TRUE(you.asleep_in(Family::waiting));
    you.gets_signal(SIGTERM);
    EXPECT_FALSE(you.is_done()) << "run() returned at the first signal";
    you.gets_signal(SIGTERM);
    you.finishes();
}

TEST(Robust, TakesOnlyWhatItHasRead)
{
    Learner you{{.rule = "a signal that somebody else has read from the descriptor was none for this loop.",
                 .why =
                     "Two loops may watch one signalfd, and both wake up; read(2) gives the signal to one of them, and EAGAIN to "
                     "the other.",
                 .read = "man 2 signalfd, DESCRIPTION, read(2)",
                 .ask = "Q88"}};
    you.may_change("SIGTERM");
    you.run([] {
        const kata::UniqueFd fd = opens_signal_fd({SIGTERM}), others{::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0)};
        gets(SIGTERM);
        Loop loop;
        int heard = 0;
        const auto hears = [&] {
            ++heard;
            posts(loop, "stop", [&] { stops(loop); });
        };
        loop.reactor().add(others.get(), EPOLLIN, [&](std::uint32_t) {
            signalfd_siginfo signal{};
            if (::read(others.get(), &signal, sizeof signal) > 0)
                hears();
        });
        kata::end_on_signals(loop, fd.get(), hears);
        runs(loop);
        expects(heard == 1, "one of the two hears the signal", std::to_string(heard) + " of them");
    });
    you.finishes();
}

TEST(Robust, DrainsOnceAlsoWhenThatThrows)
{
    for (const bool is_there : {false, true}) { // the second signal, when the first one is read
        Learner you{
            {.rule = "a drain that throws was the first step all the same: the next signal stops the loop, also one that is "
                     "there already.",
             .why = "What it throws comes out of run(). Whoever runs the loop again would drain twice; and a second signal "
                    "that was read together with the first must not go by it.",
             .read = "C++ standard, [except.ctor]; man 2 signalfd, DESCRIPTION, read(2)",
             .ask = "Q72, Q89"}};
        you.may_change("SIGTERM");
        you.may_change("SIGINT");
        you.run([is_there] {
            const kata::UniqueFd fd = opens_signal_fd({SIGTERM, SIGINT});
            Loop loop;
            int drained = 0;
            kata::end_on_signals(loop, fd.get(), [&] { ++drained == 1 ? throws("a drain's own")() : loop.stop(); });
            gets(SIGTERM);
            if (is_there)
                gets(SIGINT);
            expects_run_to_throw(loop, "a drain's own");
            if (!is_there)
                gets(SIGTERM);
            runs(loop);
            expects(drained == 1, "it drains once", std::to_string(drained) + " times");
        });
        you.finishes();
    }
}

TEST(Robust, StopsAtOnceBesideTasks)
{
    Learner you{{.rule = "the second signal stops the loop at once, and not behind the tasks that wait.",
                 .why = "A stop() that is posted is a task, and comes when all before it have run.",
                 .read = "man 7 signal-safety",
                 .ask = "Q87, Q89"}};
    you.may_change("SIGTERM");
    you.run([] {
        const kata::UniqueFd fd = opens_signal_fd({SIGTERM}), ready = ready_one();
        Loop loop;
        int called = 0, ran = 0;
        loop.reactor().add(ready.get(), EPOLLIN, [&](std::uint32_t) { // before the signal in each turn
            ++called;
            loop.post([&] { ++ran; });
        });
        kata::end_on_signals(loop, fd.get(), [] { gets(SIGTERM); });
        gets(SIGTERM);
        runs(loop);
        expects(ran < called, "the last task, which waits when the second signal is read, does not run",
                std::to_string(ran) + " of " + std::to_string(called) + " ran");
    });
    you.finishes();
}

TEST(Robust, KnowsDescriptor0)
{
    Learner you{{.rule = "a signalfd may have the number 0; only -1 is none.",
                 .why = "The kernel gives the lowest free number. The test closed standard input before, as daemons do.",
                 .read = "man 2 open, DESCRIPTION (\"lowest-numbered\")",
                 .ask = "Q9"}};
    you.may_change("SIGTERM");
    you.run([] {
        ::close(0);
        const kata::UniqueFd fd = opens_signal_fd({SIGTERM});
        Loop loop;
        Story story;
        kata::end_on_signals(loop, fd.get(), [&] {
            story.tell("drains");
            stops(loop);
        });
        gets(SIGTERM);
        runs(loop);
        story.is("drains");
    });
    you.finishes();
}
