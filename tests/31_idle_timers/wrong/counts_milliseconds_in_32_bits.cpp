// Mistake: counts the milliseconds since its first moment in 32 bits: after 49.7 days each end lies in the past
// Caught by: Robust.GoesOnAfterFiftyDays
// Says: 7 at 30000 ms, 8 at 2160030000 ms
#include "31_idle_timers/rest.h"

#include <cstdint>

namespace kata {

namespace {

struct Start : Other {
    Clock::time_point at;
    explicit Start(Clock::time_point now) : at{now} {}
};

} // namespace

void begins(Parts& p, int fd, Clock::time_point now)
{
    if (!p.other)
        p.other = std::make_unique<Start>(now);
    p.connections[fd] = {p.idle.insert(p.idle.end(), {fd, p.idle_end(now)}),
                         p.heads.insert(p.heads.end(), {fd, p.head_end(now)})};
}

void rings(Parts& p, Clock::time_point end)
{
    if (end != never) {
        const auto start = static_cast<const Start&>(*p.other).at;
        const auto tick = static_cast<std::uint32_t>((end - start) / 1ms);
        end = start + milliseconds{tick} + (end - start) % 1ms;
    }
    set_timer(p.timer.get(), end);
    p.rings_at = end;
}

} // namespace kata
