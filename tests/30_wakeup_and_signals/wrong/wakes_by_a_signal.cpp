// Mistake: wakes the loop's thread by a signal, which is gone when the wait begins a moment later
// Caught by: Robust.KeepsATaskThatComesBeforeItSleeps
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
std::atomic<pthread_t> runner{};
}

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    if (const pthread_t thread = runner; thread != pthread_t{})
        pthread_kill(thread, SIGUSR1);
}

void waits(Parts& m)
{
    runner = pthread_self();
    m.reactor.run_once(m.due.empty() ? -1 : 0);
    takes(m);
}

} // namespace kata
