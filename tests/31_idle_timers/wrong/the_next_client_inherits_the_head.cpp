// Mistake: remembers by number who has sent his head, and never forgets it: the next client is not limited
// Caught by: Hostile.AnOldLimitDoesNotHitANewClient
// Says: 7 at 80000 ms
#include "31_idle_timers/rest.h"

#include <set>

namespace kata {

struct Heads : Other {
    std::set<int> there{};
};

void IdleTimers::got_head(int fd)
{
    if (!m_->other)
        m_->other = std::make_unique<Heads>();
    if (m_->find(fd) != nullptr)
        static_cast<Heads&>(*m_->other).there.insert(fd);
    forgets_head(*m_, fd);
}

void begins(Parts& p, int fd, Clock::time_point now)
{
    p.connections[fd] = {p.idle.insert(p.idle.end(), {fd, p.idle_end(now)}),
                         p.heads.insert(p.heads.end(), {fd, p.head_end(now)})};
    if (p.other && static_cast<Heads&>(*p.other).there.count(fd) != 0)
        forgets_head(p, fd);
}

} // namespace kata
