// The end of a test: finishes(), keeps_serving(), is_killed(); and what EXPECT_* and ASSERT_* of the child become.
#include "kata.h"
#include "lab/machine/proc.h"
#include "lab/watch/supervisor.h"
#include "recorded.h"

#include <cerrno>
#include <gtest/gtest-spi.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

int listens()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::listen(fd, 8));
    return fd;
}

// What finishes() reports.
void judge(Learner& you, testing::TestPartResultArray& failures)
{
    const testing::ScopedFakeTestPartResultReporter reporter{
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures};
    you.finishes();
}

// As GoogleTest 1.12 has it; newer ones end a message with a newline.
std::string message_of(const testing::TestPartResult& failure)
{
    std::string message = failure.message();
    if (message.ends_with('\n'))
        message.pop_back();
    return message;
}

constexpr int first_line = __LINE__ + 3;
void expects_and_asserts(bool& went_on)
{
    EXPECT_EQ(1, 2) << "the first";
    ASSERT_EQ("a", std::string{"b"}) << "the second";
    went_on = true;
}

} // namespace

// Once each, with their own file and line; ASSERT_* ends the function that it stands in, and is fatal.
TEST(Ends, TellWhatTheChildExpected)
{
    Learner you;
    you.run([] {
        bool went_on = false;
        expects_and_asserts(went_on);
        EXPECT_FALSE(went_on);
    });
    testing::TestPartResultArray failures;
    judge(you, failures);
    ASSERT_EQ(2, failures.size());
    EXPECT_STREQ(__FILE__, failures.GetTestPartResult(0).file_name());
    EXPECT_EQ(first_line, failures.GetTestPartResult(0).line_number());
    EXPECT_TRUE(failures.GetTestPartResult(0).nonfatally_failed());
    EXPECT_EQ("expected  1\ncame      2\nthe first", message_of(failures.GetTestPartResult(0)));
    EXPECT_STREQ(__FILE__, failures.GetTestPartResult(1).file_name());
    EXPECT_EQ(first_line + 1, failures.GetTestPartResult(1).line_number());
    EXPECT_TRUE(failures.GetTestPartResult(1).fatally_failed());
}

TEST(Ends, TellWhatAThreadExpectedBeforeTheLearnerDied)
{
    Learner you;
    you.run([] {
        std::thread{[] { EXPECT_TRUE(false) << "in a thread"; }}.join();
        ::_exit(0);
    });
    testing::TestPartResultArray failures;
    judge(you, failures);
    ASSERT_EQ(2, failures.size());
    EXPECT_NE(nullptr, std::strstr(failures.GetTestPartResult(0).message(), "in a thread"));
    EXPECT_NE(nullptr, std::strstr(failures.GetTestPartResult(1).message(), "called _exit(0) instead of returning"));
}

TEST(Ends, FinishesWithNothingToSay)
{
    Learner you;
    you.run([] { EXPECT_EQ(4, 2 + 2); });
    testing::TestPartResultArray failures;
    judge(you, failures);
    EXPECT_EQ(0, failures.size());
    EXPECT_EQ("", you.verdict());
}

TEST(Ends, KeepsServingWhenItWaits)
{
    Learner you;
    you.run([] {
        const int listener = listens();
        for (;;) {
            const int client = ::accept(listener, nullptr, nullptr);
            char byte = 0;
            while (::recv(client, &byte, 1, 0) == 1) {
            }
            ::close(client);
        }
    });
    Peer ann = you.connect("ann");
    ann.sends("x");
    ann.closes();
    you.keeps_serving();
    EXPECT_EQ("", you.verdict());
}

TEST(Ends, KeepsServingWithPoll)
{
    Learner you;
    you.run([] {
        pollfd p{listens(), POLLIN, 0};
        for (;;)
            ::poll(&p, 1, -1);
    });
    you.keeps_serving();
    EXPECT_EQ("", you.verdict());
}

TEST(Ends, KeepsServingDatagrams)
{
    Learner you;
    you.run([] {
        char byte = 0;
        for (const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);;)
            (void)::recv(fd, &byte, 1, 0);
    });
    you.keeps_serving();
    EXPECT_EQ("", you.verdict());
}

TEST(Ends, DoNotKeepServingWhoReturns)
{
    Learner you;
    you.run([] { ::close(listens()); });
    EXPECT_NONFATAL_FAILURE(you.keeps_serving(), "returned, although a server serves for ever");
}

TEST(Ends, DoNotKeepServingWhoHoldsAClient)
{
    Learner you;
    you.run([] {
        const int listener = listens();
        for (;;)
            ::accept(listener, nullptr, nullptr);
    });
    Peer ann = you.connect("ann");
    EXPECT_NONFATAL_FAILURE(you.keeps_serving(), "waits for the next client, but never closed descriptor 4 (from accept)");
}

TEST(Ends, KillAsACrashWould)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        char byte = 0;
        (void)::recv(3, &byte, 1, 0);
    });
    you.is_killed();
    EXPECT_EQ("", you.verdict());
    EXPECT_TRUE(you.is_done());
    ann.expects_end();
}

TEST(Ends, WithoutAJudgementAreAnError)
{
    EXPECT_NONFATAL_FAILURE(
        {
            Learner you;
            you.run([] {});
        },
        "This test never judged its learner: it must end with finishes() or keeps_serving().");
}

TEST(Ends, OfAnUnwrittenExercise)
{
    const Outcome outcome = outcome_of([] { kata::not_written(); });
    EXPECT_TRUE(outcome.red);
    EXPECT_EQ("not written yet", outcome.verdict);
}

TEST(Ends, OfAnUnwrittenExerciseInAThread)
{
    const Outcome outcome = outcome_of([] { std::thread{[] { kata::not_written(); }}.join(); });
    EXPECT_EQ("not written yet", outcome.verdict);
}

TEST(Ends, AllowProcessesWhereTheTestDoes)
{
    const Outcome outcome = outcome_of(
        [] {
            if (::fork() == 0)
                ::pause();
        },
        {.limits = {.may_leave_processes = true}});
    EXPECT_FALSE(outcome.red);
    EXPECT_TRUE(::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD) << "but it is ended";
}

TEST(Ends, ForgiveAProcessThatEndsByItself)
{
    const Outcome outcome = outcome_of([] {
        if (::fork() == 0) {
            const timespec moment{0, 20'000'000};
            ::nanosleep(&moment, nullptr);
            ::_exit(0);
        }
    });
    EXPECT_EQ("", outcome.verdict);
}

TEST(Ends, RefuseTwoLearnersAtOnce)
{
    Learner you, other;
    you.run([] {});
    EXPECT_THROW(other.run([] {}), std::logic_error);
    you.finishes();
    EXPECT_THROW(you.wire("late"), std::logic_error);
}
