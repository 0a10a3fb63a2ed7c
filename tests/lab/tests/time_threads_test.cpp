// The same limit, spelt with threads and signals (time_right_test.cpp).
#include "timed.h"

#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <future>
#include <mutex>
#include <semaphore.h>
#include <semaphore>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace lab;

namespace {

char never_comes;

const TimedLearner right_with_threads[] = {
    {"AConditionVariable",
     [] {
         std::mutex mutex;
         std::condition_variable never;
         std::unique_lock lock{mutex};
         EXPECT_FALSE(never.wait_for(lock, 250ms, [] { return false; }));
     }},
    {"AConditionVariableOfTheWallClock",
     [] {
         std::mutex mutex;
         std::condition_variable never;
         std::unique_lock lock{mutex};
         EXPECT_EQ(std::cv_status::timeout, never.wait_until(lock, std::chrono::system_clock::now() + 250ms));
     }},
    {"ATimedMutex",
     [] {
         std::timed_mutex mutex;
         const std::scoped_lock lock{mutex};
         std::thread{[&] { EXPECT_FALSE(mutex.try_lock_for(250ms)); }}.join();
     }},
    {"ASemaphore",
     [] {
         sem_t none;
         ::sem_init(&none, 0, 0);
         const timespec end = moment(CLOCK_REALTIME);
         fails_with(ETIMEDOUT, ::sem_timedwait(&none, &end));
     }},
    {"ASemaphoreOfTheLanguage", [] { EXPECT_FALSE(std::binary_semaphore{0}.try_acquire_for(250ms)); }},
    {"AFuture",
     [] {
         std::promise<void> promise;
         EXPECT_EQ(std::future_status::timeout, promise.get_future().wait_for(250ms));
     }},
    {"ATimerThread",
     [] {
         std::thread timer{[] {
             std::this_thread::sleep_for(250ms);
             ::shutdown(3, SHUT_RD);
         }};
         EXPECT_EQ(0, ::recv(3, &never_comes, 1, 0));
         timer.join();
     }},
    {"AllSignalsBlocked",
     [] {
         sigset_t all, before;
         ::sigfillset(&all);
         ::sigprocmask(SIG_SETMASK, &all, &before);
         pollfd p{3, POLLIN, 0};
         EXPECT_EQ(0, ::ppoll(&p, 1, &as_timespec, &all));
         ::sigprocmask(SIG_SETMASK, &before, nullptr);
     }},
    {"WaitingForASignal",
     [] {
         sigset_t all, before;
         ::sigfillset(&all);
         ::sigprocmask(SIG_BLOCK, &all, &before);
         fails_with(EAGAIN, ::sigtimedwait(&all, nullptr, &as_timespec));
         ::sigprocmask(SIG_SETMASK, &before, nullptr);
     }},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Threads, InTime, testing::ValuesIn(right_with_threads), name_of_timed);

TEST(TimeOfThreads, EndsForAThreadWhenAnothersLooksHaveMovedTheClockPastIt)
{
    const TimedOutcome timed = timed_outcome_of([] {
        std::thread other{[] {
            ::poll(nullptr, 0, 10);
            for (int i = 0; i < 2000; ++i) // each moves it by a microsecond
                (void)std::chrono::steady_clock::now();
        }};
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(0, ::poll(&p, 1, 11));
        other.join();
    });
    EXPECT_EQ("", timed.verdict + timed.failures);
    EXPECT_EQ(12ms, timed.took);
}

// A slice of the wait is over, and the waiter stands before the mutex: who notifies now wakes nobody.
TEST(TimeOfThreads, DoesNotPassWhenANotificationComesBetweenTwoSlices)
{
    Learner you{{}, {.own_time = 2h}};
    you.run([] {
        std::mutex mutex;
        std::condition_variable changed;
        bool is_there = false;
        std::unique_lock lock{mutex};
        std::thread other{[&] {
            const std::scoped_lock held{mutex}; // the wait has begun
            for (volatile unsigned long n = 0; n < 20'000'000;)
                n = n + 1;
            is_there = true;
            changed.notify_one();
        }};
        EXPECT_TRUE(changed.wait_for(lock, 1h, [&] { return is_there; }));
        lock.unlock();
        other.join();
    });
    you.finishes();
    EXPECT_GT(1h, you.took());
}

TEST(TimeOfThreads, KnowsTimersWithALargeNumber)
{
    Learner you{{}, {.descriptors = 256}};
    you.run([] {
        std::vector<int> taken;
        while (taken.empty() || taken.back() < 100)
            taken.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
        const itimerspec limit{{}, as_timespec};
        EXPECT_EQ(0, ::timerfd_settime(timer, 0, &limit, nullptr));
        std::uint64_t times = 0;
        EXPECT_EQ(ssize_t{8}, ::read(timer, &times, sizeof times));
        for (::close(timer); !taken.empty(); taken.pop_back())
            ::close(taken.back());
    });
    you.finishes();
    EXPECT_EQ(the_limit, you.took());
}
