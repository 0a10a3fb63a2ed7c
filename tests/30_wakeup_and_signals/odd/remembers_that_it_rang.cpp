// Odd: a spinning lock in place of a mutex; and whoever finds that somebody has rung already does not ring
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {

struct Marks {
    std::atomic<bool> has_rung{false};
    std::atomic_flag taken = ATOMIC_FLAG_INIT;
};

class Spinning {
public:
    explicit Spinning(Parts& m) : taken_{m.its<Marks>().taken}
    {
        while (taken_.test_and_set(std::memory_order_acquire))
            std::this_thread::yield();
    }
    Spinning(const Spinning&) = delete;
    Spinning& operator=(const Spinning&) = delete;
    ~Spinning() { taken_.clear(std::memory_order_release); }

private:
    std::atomic_flag& taken_;
};

} // namespace

Loop::Loop() : m_{new Machinery}
{
    m_->own = std::make_shared<Marks>();
    makes_alarm(*m_);
    watches_alarm(*m_);
}

bool enqueues(Parts& m, Loop::Task task)
{
    {
        const Spinning lock{m};
        m.posted.push_back(std::move(task));
    }
    return !m.its<Marks>().has_rung.exchange(true);
}

void hears(Parts& m)
{
    silences(m);
    m.its<Marks>().has_rung = false; // before it takes: who comes from here on rings again
    takes(m);
}

void takes(Parts& m)
{
    const Spinning lock{m};
    m.due.splice(m.due.end(), m.posted);
}

} // namespace kata
