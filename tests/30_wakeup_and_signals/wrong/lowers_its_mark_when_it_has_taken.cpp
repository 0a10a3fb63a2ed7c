// Mistake: the mark that somebody has rung goes down when the tasks are taken, and not before
// Caught by: Robust.KeepsATaskThatComesWhenItHasTaken
// Says: so far ran: two, three
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
    silences(m);
    takes(m);
    has_rung(m) = false;
}

} // namespace kata
