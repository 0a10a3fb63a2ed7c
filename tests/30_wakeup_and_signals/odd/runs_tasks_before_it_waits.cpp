// Odd: a turn begins with the tasks, whether or not it rang for them, and ends with the wait
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void hears(Parts& m) { silences(m); }

void Loop::run()
{
    while (!m_->stopping.exchange(false)) {
        takes(*m_);
        runs_due(*m_);
        if (!m_->stopping)
            waits(*m_);
    }
}

} // namespace kata
