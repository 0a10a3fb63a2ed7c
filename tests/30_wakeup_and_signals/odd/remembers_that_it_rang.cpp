// Odd: a spinning lock in place of a mutex; and whoever finds that somebody has rung already does not ring
#include "30_wakeup_and_signals/rest.h"

#include <vector>

namespace kata {

namespace {

std::atomic<bool> has_rung{false};
std::atomic_flag taken = ATOMIC_FLAG_INIT;

struct Spinning {
    Spinning()
    {
        while (taken.test_and_set(std::memory_order_acquire))
            std::this_thread::yield();
    }
    Spinning(const Spinning&) = delete;
    Spinning& operator=(const Spinning&) = delete;
    ~Spinning() { taken.clear(std::memory_order_release); }
};

} // namespace

bool enqueues(Parts& m, Loop::Task task)
{
    {
        const Spinning lock;
        m.posted.push_back(std::move(task));
    }
    return !has_rung.exchange(true);
}

void hears(Parts& m)
{
    silences(m);
    has_rung = false; // before it takes: who comes from here on rings again
    takes(m);
}

void takes(Parts& m)
{
    const Spinning lock;
    m.due.splice(m.due.end(), m.posted);
}

Loop::Loop() : m_{new Machinery}
{
    has_rung = false;
    makes_alarm(*m_);
    watches_alarm(*m_);
}

} // namespace kata
