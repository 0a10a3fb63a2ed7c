// Odd: gives away an epoll descriptor, in which the timer is
#include "31_idle_timers/rest.h"

#include <sys/epoll.h>

namespace kata {

struct Around : Other {
    UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
};
int epoll_of(const Parts& p) { return static_cast<Around&>(*p.other).epoll.get(); }

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    if (!m_->timer)
        fail("timerfd_create");
    m_->other = std::make_unique<Around>();
    if (epoll_of(*m_) < 0)
        fail("epoll_create1");
    epoll_event input{EPOLLIN, {}};
    if (::epoll_ctl(epoll_of(*m_), EPOLL_CTL_ADD, m_->timer.get(), &input) < 0)
        fail("epoll_ctl");
}

int IdleTimers::fd() const { return epoll_of(*m_); }

} // namespace kata
