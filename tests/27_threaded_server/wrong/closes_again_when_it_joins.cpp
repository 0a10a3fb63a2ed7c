// Mistake: closes a connection a second time when its thread is joined
// Caught by: Hostile.LeavesANumberAloneThatIsFree
// Says: still open
#include "27_threaded_server/rest.h"

#include <unistd.h>

namespace kata {

void join_ended(Parts& m, Lock& /*lock*/)
{
    for (Connection& c : m.ended) {
        c.thread.join();
        ::close(c.number);
    }
    m.ended.clear();
}

} // namespace kata
