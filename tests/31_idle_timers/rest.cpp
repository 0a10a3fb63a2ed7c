// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "31_idle_timers/rest.h"

namespace kata {

[[gnu::weak]] UniqueFd make_timer() { return UniqueFd{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)}; }

[[gnu::weak]] void set_timer(int timer, Clock::time_point end)
{
    const itimerspec when = in_itimerspec(end == never ? 0ns : end.time_since_epoch());
    if (::timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, nullptr) < 0)
        fail("timerfd_settime");
}

[[gnu::weak]] void rings(Parts& p, Clock::time_point end)
{
    set_timer(p.timer.get(), end);
    p.rings_at = end;
}

[[gnu::weak]] void begins(Parts& p, int fd, Clock::time_point now)
{
    p.connections[fd] = {p.idle.insert(p.idle.end(), {fd, p.idle_end(now)}),
                         p.heads.insert(p.heads.end(), {fd, p.head_end(now)})};
}

[[gnu::weak]] void forgets_head(Parts& p, int fd)
{
    if (Connection* c = p.find(fd); c != nullptr && !c->has_head) {
        c->has_head = true;
        p.heads.erase(c->head);
    }
}

[[gnu::weak]] void forgets_idle(Parts& p, int fd)
{
    if (const Connection* c = p.find(fd)) {
        p.idle.erase(c->idle);
        p.connections.erase(fd);
    }
}

[[gnu::weak]] IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    if (!m_->timer)
        fail("timerfd_create");
}

[[gnu::weak]] IdleTimers::~IdleTimers() = default;

[[gnu::weak]] int IdleTimers::fd() const { return m_->timer.get(); }

[[gnu::weak]] void IdleTimers::add(int fd, Clock::time_point now)
{
    remove(fd);
    begins(*m_, fd, now);
    if (const auto first = std::min(m_->idle_end(now), m_->head_end(now)); first < m_->rings_at)
        rings(*m_, first);
}

[[gnu::weak]] void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const Connection* c = m_->find(fd)) {
        c->idle->end = m_->idle_end(now);
        m_->idle.splice(m_->idle.end(), m_->idle, c->idle);
    }
}

[[gnu::weak]] void IdleTimers::got_head(int fd) { forgets_head(*m_, fd); }

[[gnu::weak]] void IdleTimers::remove(int fd)
{
    forgets_head(*m_, fd);
    forgets_idle(*m_, fd);
}

[[gnu::weak]] std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back());
        }
    if (now >= m_->rings_at)
        rings(*m_, next_end(*m_));
    return due;
}

} // namespace kata
