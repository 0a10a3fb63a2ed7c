// Mistake: when the loop dies, it clears what is due, and what that posts; what comes then dies with the list that it stands in
// Caught by: Robust.DestroysWhatNeverRan
// Says: one of them lives
#include "30_wakeup_and_signals/rest.h"

namespace kata {

Loop::~Loop()
{
    for (int i = 0; i < 2; ++i) {
        m_->due.clear();
        takes(*m_);
    }
}

} // namespace kata
