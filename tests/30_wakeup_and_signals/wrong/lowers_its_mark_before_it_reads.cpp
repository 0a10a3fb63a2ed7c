// Mistake: the mark that somebody has rung goes down before the read, and not behind it
// Caught by: Robust.KeepsATaskThatComesWhileItTakes
// Says: so far ran: one, two, three
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {

std::atomic<bool>& has_rung(const Parts& m) { return m.its<std::atomic<bool>>(); }

} // namespace

Loop::Loop() : m_{new Machinery}
{
    m_->own = std::make_shared<std::atomic<bool>>(false);
    makes_alarm(*m_);
    watches_alarm(*m_);
}

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    if (!has_rung(*m_).exchange(true))
        rings(*m_);
}

void hears(Parts& m)
{
    has_rung(m) = false;
    silences(m);
    takes(m);
}

} // namespace kata
