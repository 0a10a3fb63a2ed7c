#include "looping.h"

#include <fcntl.h>
#include <initializer_list>
#include <sys/signalfd.h>

using namespace looping;

namespace {

bool is_blocked(int signal)
{
    sigset_t now{};
    ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
    return ::sigismember(&now, signal) == 1;
}

kata::UniqueFd opens_signal_fd(std::initializer_list<int> signals)
{
    return calls("make_signal_fd", [&] { return kata::make_signal_fd(signals); });
}

void gets(int signal) { ::kill(::getpid(), signal); } // blocked: it waits

// The loop, with signals that are there when it begins, and what they drain.
void runs_with(Story& story, std::initializer_list<int> signals)
{
    const kata::UniqueFd fd = opens_signal_fd({SIGTERM, SIGINT});
    Loop loop;
    kata::end_on_signals(loop, fd.get(), [&] { story.tell("drains"); });
    for (const int signal : signals)
        gets(signal);
    runs(loop);
}

} // namespace

TEST(Robust, BlocksOnlyWhatItIsTold)
{
    Learner you{{.rule = "make_signal_fd() blocks the signals that it gets, beside those that were blocked before, and no other.",
                 .why = "SIG_SETMASK puts its set in the place of the old one: what the program had blocked comes through.",
                 .read = "man 2 sigprocmask, SIG_BLOCK; man 2 signalfd, SFD_NONBLOCK, SFD_CLOEXEC",
                 .ask = "Q8, Q88"}};
    for (const char* name : {"SIGTERM", "SIGINT", "SIGUSR2"})
        you.may_change(name);
    you.run([] {
        sigset_t before{};
        sigaddset(&before, SIGUSR2);
        ::pthread_sigmask(SIG_BLOCK, &before, nullptr);
        int number = -1;
        {
            const kata::UniqueFd fd = opens_signal_fd({SIGTERM, SIGINT});
            number = fd.get();
            expects(is_blocked(SIGTERM) && is_blocked(SIGINT), "SIGTERM and SIGINT are blocked", "one of them is not");
            expects(is_blocked(SIGUSR2), "SIGUSR2 is blocked, as it was before", "it is not");
            expects(!is_blocked(SIGHUP), "SIGHUP is not blocked", "it is");
            expects_closed_on_exec(number);
            expects((::fcntl(number, F_GETFL) & O_NONBLOCK) != 0, "its descriptor does not block", "it does");
            gets(SIGINT);
            signalfd_siginfo signal{};
            EXPECT_EQ(static_cast<ssize_t>(sizeof signal), ::read(number, &signal, sizeof signal));
            expects(signal.ssi_signo == SIGINT, "the descriptor says SIGINT", "it says " + std::to_string(signal.ssi_signo));
        }
        expects_closed(number, "after its owner died");
    });
    you.finishes();
}

TEST(Robust, BlocksNothingWhenItFails)
{
    Learner you{{.rule = "where make_signal_fd() throws, no signal is blocked that was not.",
                 .why = "A SIGTERM that is blocked, and that nobody reads, leaves a process that only SIGKILL ends.",
                 .read = "man 2 signalfd, ERRORS; man 3 sigsetops, ERRORS",
                 .ask = "Q88"}};
    you.nth(Family::opening, 1).fails(EMFILE);
    you.run([] {
        expects_error(EMFILE, [] { opens_signal_fd({SIGTERM}); });
        expects_error(EINVAL, [] { opens_signal_fd({SIGTERM, 4711}); });
    });
    you.finishes();
}

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
