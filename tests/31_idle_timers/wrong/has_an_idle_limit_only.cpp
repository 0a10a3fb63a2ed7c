// Mistake: has no limit for the head: Slowloris stays
// Caught by: Hostile.ADribblerMeetsTheLimitOfTheHead
// Says: eve
#include "31_idle_timers/rest.h"

namespace kata {

void begins(Parts& p, int fd, Clock::time_point now)
{
    p.connections[fd] = {p.idle.insert(p.idle.end(), {fd, p.idle_end(now)}), {}, true};
}

} // namespace kata
