// The clocks of the lab stand still for those who look at the learner with a debugger.
#include "lab/machine/proc.h"
#include "lab/watch/supervisor.h"
#include "recorded.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <gtest/gtest-spi.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lab;

namespace {

constexpr Limits short_clocks{.deadline = 100ms, .stuck = 50ms, .cpu = 100ms};

void waits(Learner& you, std::chrono::milliseconds time)
{
    const auto end = std::chrono::steady_clock::now() + time;
    you.supervisor().await([=] { return std::chrono::steady_clock::now() > end; });
}

void sleeps_in_recv()
{
    char byte = 0;
    ::prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY); // the tracer below is no ancestor of ours, and Yama would forbid it
    (void)::recv(3, &byte, 1, 0);
}

struct Patience {
    Patience() { ::setenv("KATA_PATIENT", "1", 1); }
    ~Patience() { ::unsetenv("KATA_PATIENT"); }
};

// A process that seizes another one, as a debugger does, and lets it go at its end.
class Tracer {
public:
    explicit Tracer(pid_t process)
    {
        int ready[2], done[2];
        if (::pipe(ready) < 0 || ::pipe(done) < 0)
            return;
        tracer_ = ::fork();
        if (tracer_ == 0) {
            ::close(done[1]);
            const char answer = ::ptrace(PTRACE_SEIZE, process, nullptr, nullptr) == 0 ? 'y' : 'n';
            char byte = 0;
            (void)!::write(ready[1], &answer, 1);
            (void)!::read(done[0], &byte, 1); // until the other end closes
            ::syscall(SYS_exit_group, 0);
        }
        ::close(ready[1]);
        ::close(done[0]);
        char answer = 'n';
        seized_ = ::read(ready[0], &answer, 1) == 1 && answer == 'y';
        ::close(ready[0]);
        done_ = done[1];
    }
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;
    ~Tracer() { ends(); }

    bool has_seized() const { return seized_; }
    void ends()
    {
        if (done_ < 0)
            return;
        ::close(std::exchange(done_, -1));
        while (::waitpid(tracer_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

private:
    pid_t tracer_ = 0;
    int done_ = -1;
    bool seized_ = false;
};

} // namespace

TEST(Clocks, StopForThePatient)
{
    const Patience patience;
    Learner you{{}, short_clocks};
    Peer ann = you.wire("ann");
    you.run([] {
        char byte = 0;
        EXPECT_EQ(1, ::recv(3, &byte, 1, 0));  // much longer than stuck
        EXPECT_EQ(0, ::poll(nullptr, 0, 200)); // longer than the deadline
        for (timespec used{}; used.tv_nsec < 200'000'000 && used.tv_sec == 0;)
            ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    });
    EXPECT_TRUE(you.asleep_in(Family::reading));
    waits(you, 150ms);
    ann.sends("x");
    you.finishes();
    EXPECT_EQ("", you.verdict());
}

TEST(Clocks, RunForTheOthers)
{
    EXPECT_EQ("still running after 100 ms: asleep in poll()",
              outcome_of([] { ::poll(nullptr, 0, 5000); }, {.limits = short_clocks}).verdict);
}

TEST(Clocks, StopWhileADebuggerIsAttached)
{
    Learner you{{}, short_clocks};
    Peer ann = you.wire("ann");
    you.run(sleeps_in_recv);
    ASSERT_TRUE(you.asleep_in(Family::reading));
    Tracer tracer{you.supervisor().process()};
    if (!tracer.has_seized()) {
        you.is_killed();
        GTEST_SKIP() << "ptrace is not permitted here";
    }
    EXPECT_TRUE(proc::is_traced(you.supervisor().process()));
    waits(you, 250ms);
    EXPECT_EQ("", you.verdict());
    tracer.ends();
    EXPECT_FALSE(proc::is_traced(you.supervisor().process()));
    waits(you, 5000ms); // the clocks run again: the end comes by itself
    EXPECT_EQ("stuck: asleep in recv(3), and nothing will ever wake it", you.verdict());
    EXPECT_NONFATAL_FAILURE(you.finishes(), "stuck");
}

// The patience is for time only: a learner who takes all the memory would take the machine with it.
TEST(Clocks, DoNotStopForMemoryAndOutput)
{
    const Patience patience;
    EXPECT_EQ("printed more than 1 MiB", outcome_of(
                                             [] {
                                                 for (const std::string much(1 << 16, 'x');;)
                                                     (void)!::write(1, much.data(), much.size());
                                             },
                                             {.limits = {.output_mib = 1}})
                                             .verdict);
}
