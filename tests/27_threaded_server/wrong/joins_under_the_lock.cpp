// Mistake: joins threads while it holds the lock that counters() takes
// Caught by: Robust.WaitsForTheLastStepsOfAThread
// Says: a lock, a join
#include "27_threaded_server/rest.h"

namespace kata {

void join_ended(Parts& m, Lock& /*lock*/)
{
    for (Connection& c : m.ended)
        c.thread.join();
    m.ended.clear();
}

} // namespace kata
