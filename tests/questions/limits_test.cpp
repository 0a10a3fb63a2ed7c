// Q123 and Q124: many tasks, many time limits.
#include "states.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <vector>

using namespace questions;

namespace {

// A pool as one writes it on a whiteboard: so many workers, a queue with a limit, and an end that does what was accepted.
class Pool {
public:
    Pool(int workers, std::size_t limit) : limit_{limit}
    {
        for (int i = 0; i < workers; ++i)
            workers_.push_back(std::make_unique<Actor>([this] { works(); }));
    }
    ~Pool() { ends(); }
    bool takes(std::function<void()> task) // false: the queue is full, or the end has come
    {
        const std::lock_guard lock{mutex_};
        if (ended_ || tasks_.size() >= limit_)
            return false;
        tasks_.push_back(std::move(task));
        changed_.notify_one();
        return true;
    }
    void ends()
    {
        {
            const std::lock_guard lock{mutex_};
            ended_ = true;
            changed_.notify_all();
        }
        workers_.clear(); // joins
    }
    bool all_asleep() const
    {
        return std::all_of(workers_.begin(), workers_.end(), [](const auto& w) { return w->is_asleep_in(SYS_futex); });
    }

private:
    void works()
    {
        for (std::unique_lock lock{mutex_};;) {
            changed_.wait(lock, [this] { return ended_ || !tasks_.empty(); });
            if (tasks_.empty())
                return;
            const std::function<void()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    const std::size_t limit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    bool ended_ = false;
    std::vector<std::unique_ptr<Actor>> workers_;
};

} // namespace

// "An unlimited queue loses nothing", or "the end may drop what waits". Convinced: with a limit of 3 the third task is taken,
// too, and the proof is red.
TEST(Q123, AFullQueueRefusesAndTheEndDoesWhatWasTaken)
{
    const Fd gate{::eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE)};
    std::atomic<int> begun{0}, done{0};
    const auto task = [&] {
        ++begun;
        std::uint64_t opened = 0;
        EXPECT_EQ(8, ::read(gate.get(), &opened, sizeof opened));
        ++done;
    };
    Pool pool{1, 2};
    EXPECT_TRUE(pool.takes(task));
    EXPECT_TRUE(becomes([&] { return begun == 1; })); // it is out of the queue
    EXPECT_TRUE(pool.takes(task));
    EXPECT_TRUE(pool.takes(task));
    EXPECT_FALSE(pool.takes(task)); // the caller hears of it, and can say 503
    EXPECT_EQ(0, ::eventfd_write(gate.get(), 10));
    pool.ends();
    EXPECT_EQ(3, done);
    EXPECT_FALSE(pool.takes(task));
    observed("1 worker, a queue of 2: the 4th task was refused; at the end 3 were done, and a 5th was refused");
}

// "More work, more tasks": tasks that wait for tasks of the same pool stop it, with nobody at fault. Convinced: with a third
// worker somebody runs the inner tasks, and the proof is red.
TEST(Q123, TasksThatWaitForTasksStopThePool)
{
    std::mutex mutex;
    std::condition_variable changed;
    int inner = 0, outer = 0;
    bool given_up = false;
    {
        Pool pool{2, 10};
        for (int i = 0; i < 2; ++i)
            pool.takes([&] {
                std::unique_lock lock{mutex};
                if (++outer < 2) // both have begun before one asks
                    changed.wait(lock, [&] { return outer == 2; });
                changed.notify_all();
                pool.takes([&] {
                    const std::lock_guard inner_lock{mutex};
                    ++inner;
                    changed.notify_all();
                });
                changed.wait(lock, [&] { return inner > 0 || given_up; });
            });
        const auto count = [&](const int& which) {
            const std::lock_guard lock{mutex};
            return which;
        };
        EXPECT_TRUE(becomes([&] { return count(outer) == 2 && pool.all_asleep(); }));
        EXPECT_EQ(0, count(inner));
        const std::lock_guard lock{mutex};
        given_up = true;
        changed.notify_all();
    }
    EXPECT_EQ(2, inner);
    observed("2 workers, 2 tasks that each wait for another task: both asleep, 0 inner tasks ran until the outer ones gave up");
}

namespace {

using Tick = int; // seconds of an invented clock

// The idle limits of many connections in one heap. A message only notes its time; the entry is looked at when it is due, and put
// back when the connection has spoken since.
class LazyLimits {
public:
    LazyLimits(int connections, Tick limit) : limit_{limit}, last_(static_cast<std::size_t>(connections), 0)
    {
        for (int i = 0; i < connections; ++i)
            puts(limit, i);
    }
    void heard_from(int connection, Tick now) { last_[static_cast<std::size_t>(connection)] = now; }
    Tick next() const { return heap_.empty() ? -1 : heap_.front().first; } // what the one timerfd is set to
    int expire(Tick now)
    {
        int ended = 0;
        while (next() >= 0 && next() <= now) {
            const int connection = heap_.front().second;
            std::pop_heap(heap_.begin(), heap_.end(), std::greater{});
            heap_.pop_back();
            const Tick due = last_[static_cast<std::size_t>(connection)] + limit_;
            if (due > now)
                puts(due, connection);
            else
                ++ended;
        }
        return ended;
    }
    long puts_so_far() const { return puts_; }

private:
    void puts(Tick when, int connection)
    {
        ++puts_;
        heap_.emplace_back(when, connection);
        std::push_heap(heap_.begin(), heap_.end(), std::greater{});
    }

    Tick limit_;
    long puts_ = 0;
    std::vector<Tick> last_;
    std::vector<std::pair<Tick, int>> heap_;
};

} // namespace

// "Look at all of them at each tick", or "move the timer at each message". Convinced: when heard_from() puts an entry for each
// message, the count of entries is that of the messages and the proof is red.
TEST(Q124, AMessageNeedNotTouchTheTimer)
{
    constexpr int connections = 2'000, limit = 60, messages = 20;
    LazyLimits limits{connections, limit};
    for (Tick now = 1; now <= messages; ++now)
        for (int i = 1; i < connections; ++i) // the first one is silent
            limits.heard_from(i, now);
    EXPECT_EQ(limit, limits.next());
    EXPECT_EQ(1, limits.expire(limit));
    EXPECT_EQ(messages + limit, limits.next());
    EXPECT_EQ(connections - 1, limits.expire(messages + limit));
    EXPECT_LT(limits.puts_so_far(), 2L * connections);
    observed(std::to_string(connections) + " connections, " + std::to_string(messages) + " messages each: " +
             std::to_string(limits.puts_so_far()) + " entries were put into the heap; each limit held to the second");
}

// "A timerfd for each connection": each is a descriptor, and one can be set to the earliest limit of all. Convinced: without the
// second setting it fires only after an hour, and the proof is red.
TEST(Q124, OneTimerfdServesTheEarliestLimit)
{
    const Fd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)}, loop{::epoll_create1(EPOLL_CLOEXEC)};
    adds(loop, timer, EPOLLIN);
    const auto set_to = [&](long seconds, long ns) {
        const itimerspec when{{0, 0}, {seconds, ns}};
        return ::timerfd_settime(timer.get(), 0, &when, nullptr);
    };
    EXPECT_EQ(0, set_to(3600, 0));
    EXPECT_EQ(0, set_to(0, 1'000'000)); // an earlier limit came in
    epoll_event event{};
    EXPECT_EQ(1, ::epoll_wait(loop.get(), &event, 1, 4000));
    EXPECT_EQ(timer.get(), event.data.fd);
    std::uint64_t times = 0;
    EXPECT_EQ(8, ::read(timer.get(), &times, sizeof times));
    EXPECT_EQ(1u, times);
    observed("one timerfd, set to an hour, then to 1 ms: an event like any other, after 1 ms");
}
