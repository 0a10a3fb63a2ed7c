// Mistake: takes the thread that made the loop for the one that runs it, and does not wake that
// Caught by: Robust.RunsOnAnyThread
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
std::thread::id maker;
}

void makes_alarm(Parts& m)
{
    maker = std::this_thread::get_id();
    m.alarm = UniqueFd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
}

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    if (std::this_thread::get_id() != maker)
        rings(*m_);
}

} // namespace kata
