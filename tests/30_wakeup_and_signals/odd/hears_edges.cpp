// Odd: edge-triggered; eventfd_read(3) and eventfd_write(3); a write for each task
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void watches_alarm(Parts& m)
{
    m.reactor.add(m.alarm.get(), EPOLLIN | EPOLLET, [&m](std::uint32_t) { hears(m); });
}

void rings(const Parts& m) { ::eventfd_write(m.alarm.get(), 1); }

void silences(const Parts& m)
{
    eventfd_t rang = 0;
    ::eventfd_read(m.alarm.get(), &rang);
}

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    rings(*m_);
}

} // namespace kata
