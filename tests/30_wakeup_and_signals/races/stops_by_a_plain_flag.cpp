// Mistake: a plain bool is the flag that stops it
// Caught by: Works.StopsFromAnotherThread
// Says: data race
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
bool stopping = false;
}

void Loop::stop() noexcept
{
    stopping = true;
    rings(*m_);
}

void Loop::run()
{
    while (!stopping) {
        waits(*m_);
        runs_due(*m_);
    }
    stopping = false;
}

} // namespace kata
