// Mistake: the places are one std::atomic, so whoever leaves says without the lock that there is room, it thinks
// Caught by: Robust.HearsWhatComesBeforeItSleeps
// Says: nothing will ever wake it
#include "27_threaded_server/rest.h"

#include <atomic>

namespace kata {

namespace {

std::atomic<std::size_t> taken{0};

} // namespace

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    m.changed.wait(lock, [&m] { return m.stopping || taken < m.most; });
    join_ended(m, lock);
    return !m.stopping;
}

void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(client.fd), client.peer});
    ++taken;
    try {
        mine->thread = std::thread{serve, std::ref(m), mine};
    } catch (const std::system_error&) {
        --taken;
        m.open.erase(mine);
        ++m.failed;
    }
}

void is_over(Parts& m, Mine mine, bool was_served)
{
    mine->fd.reset();
    --taken;
    m.changed.notify_all();
    const Lock lock{m.mutex};
    m.ended.splice(m.ended.end(), m.open, mine);
    ++(was_served ? m.served : m.failed);
    if (m.stopping)
        m.changed.notify_all();
}

} // namespace kata
