// Mistake: runs what is due before it lets out what a callback threw: that is lost when a task throws, too
// Caught by: Robust.LosesNeitherOfTwoThatThrow
// Says: a task's own
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::run()
{
    while (!m_->stopping.exchange(false)) {
        try {
            waits(*m_);
        } catch (...) {
            runs_due(*m_);
            throw;
        }
        runs_due(*m_);
    }
}

} // namespace kata
