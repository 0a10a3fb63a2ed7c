// Mistake: takes who ran the loop first for the loop's own thread, and does not wake it for what that posts
// Caught by: Robust.RunsOnAnyThread
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {

std::atomic<std::thread::id> own_thread;

} // namespace

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    if (std::this_thread::get_id() != own_thread)
        rings(*m_);
}

void Loop::run()
{
    std::thread::id nobody{};
    own_thread.compare_exchange_strong(nobody, std::this_thread::get_id());
    while (!m_->stopping.exchange(false)) {
        takes(*m_); // its own, for which nobody has rung
        waits(*m_);
        runs_due(*m_);
    }
}

} // namespace kata
