// The demands of a test on what goes on beside the calls.
#include "outcome.h"

#include <csignal>
#include <gtest/gtest.h>
#include <poll.h>

using namespace lab;

namespace {

Outcome with_a_blocked_signal(const std::function<void()>& act)
{
    return outcome_of([=] {
        while_a_signal_is_blocked(act);
        sigset_t blocked{};
        ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        EXPECT_EQ(0, sigismember(&blocked, SIGTERM)) << "the mask comes back";
    });
}

} // namespace

TEST(Demands, ABlockedSignalWaits)
{
    const Outcome waits = with_a_blocked_signal([] { ::poll(nullptr, 0, 10); });
    EXPECT_FALSE(waits.red) << waits.verdict << waits.failures;

    const Outcome lets_it_in = with_a_blocked_signal([] {
        const sigset_t nothing_is_blocked{};
        const timespec limit{0, 10'000'000};
        ::ppoll(nullptr, 0, &limit, &nothing_is_blocked);
    });
    EXPECT_NE(std::string::npos, lets_it_in.verdict.find("killed by SIGTERM")) << lets_it_in.verdict;

    const Outcome takes_it = with_a_blocked_signal([] {
        sigset_t one{};
        sigaddset(&one, SIGTERM);
        int signal = 0;
        ::sigwait(&one, &signal);
    });
    EXPECT_NE(std::string::npos, takes_it.failures.find("it came through")) << takes_it.failures;
}
