#include "looping.h"

#include <fcntl.h>
#include <sys/signalfd.h>

using namespace looping;

namespace {

bool is_blocked(int signal)
{
    sigset_t now{};
    ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
    return ::sigismember(&now, signal) == 1;
}

void changes(int how, int signal)
{
    sigset_t one{};
    ::sigaddset(&one, signal);
    ::pthread_sigmask(how, &one, nullptr);
}

bool is_by_default(int signal)
{
    struct sigaction now {};
    ::sigaction(signal, nullptr, &now);
    return now.sa_handler == SIG_DFL;
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
        changes(SIG_BLOCK, SIGUSR2);
        int number = -1;
        {
            const kata::UniqueFd fd = opens_signal_fd({SIGTERM, SIGINT, SIGRTMIN});
            number = fd.get();
            expects(is_blocked(SIGTERM) && is_blocked(SIGINT), "SIGTERM and SIGINT are blocked", "one of them is not");
            expects(is_blocked(SIGRTMIN), "SIGRTMIN, a real-time signal, is blocked", "it is not");
            expects(is_by_default(SIGTERM), "what SIGTERM does without the loop is as it was", "it is ignored, or has a handler");
            expects(is_blocked(SIGUSR2), "SIGUSR2 is blocked, as it was before", "it is not");
            expects(!is_blocked(SIGHUP), "SIGHUP is not blocked", "it is");
            expects_closed_on_exec(number);
            expects((::fcntl(number, F_GETFL) & O_NONBLOCK) != 0, "its descriptor does not block", "it does");
            const kata::UniqueFd next = opens_signal_fd({SIGUSR2}); // a second one
            gets(SIGINT);
            signalfd_siginfo signal{};
            expects(::read(next.get(), &signal, sizeof signal) < 0, "a descriptor for SIGUSR2 says nothing of SIGINT", "it does");
            EXPECT_EQ(static_cast<ssize_t>(sizeof signal), ::read(number, &signal, sizeof signal));
            expects(signal.ssi_signo == SIGINT, "the descriptor says SIGINT", "it says " + std::to_string(signal.ssi_signo));
        }
        expects_closed(number, "after its owner died");
        changes(SIG_UNBLOCK, SIGRTMIN);
    });
    you.finishes();
}

TEST(Robust, BlocksNothingWhenItFails)
{
    Learner you{{.rule = "where make_signal_fd() throws, no signal is blocked that was not, and each that was.",
                 .why = "A SIGTERM that is blocked, and that nobody reads, leaves a process that only SIGKILL ends.",
                 .read = "man 2 signalfd, ERRORS; man 3 sigsetops, ERRORS",
                 .ask = "Q88"}};
    you.first(Family::opening, 2).fails(EMFILE);
    you.run([] {
        expects_error(EMFILE, [] { opens_signal_fd({SIGTERM}); });
        expects(!is_blocked(SIGTERM), "SIGTERM is not blocked", "it is");
        changes(SIG_BLOCK, SIGTERM);
        expects_error(EMFILE, [] { opens_signal_fd({SIGTERM, SIGINT}); });
        expects_error(EINVAL, [] { opens_signal_fd({SIGTERM, 4711}); });
        expects(is_blocked(SIGTERM), "SIGTERM is blocked, as it was before", "it is not");
        changes(SIG_UNBLOCK, SIGTERM);
    });
    you.finishes();
}
