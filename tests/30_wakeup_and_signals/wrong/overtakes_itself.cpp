// Mistake: in run(), its thread puts tasks right behind what is due, and so before what it posted before run()
// Caught by: Robust.KeepsTheOrderOfItsOwnThread
// Says: so far ran: one, two
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
thread_local const Parts* running = nullptr;
}

void Loop::post(Task task)
{
    if (running == m_.get())
        m_->due.push_back(std::move(task));
    else if (enqueues(*m_, std::move(task)))
        rings(*m_);
}

void runs_due(Parts& m)
{
    for (auto n = m.due.size(); n > 0 && !m.stopping; --n) // what they post is for the next turn
        runs_next(m);
}

void Loop::run()
{
    struct Here {
        ~Here() { running = nullptr; }
    } const here{};
    running = m_.get();
    while (!m_->stopping.exchange(false)) {
        waits(*m_);
        runs_due(*m_);
    }
}

} // namespace kata
