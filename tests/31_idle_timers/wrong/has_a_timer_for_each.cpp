// Mistake: has a timer descriptor for each connection, and watches them with epoll
// Caught by: Robust.TouchesWithoutASystemCall
// Says: at most one system call
#include "31_idle_timers/rest.h"

#include <map>
#include <sys/epoll.h>

namespace kata {

struct Pair {
    UniqueFd idle, head;
};
struct All : Other {
    UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    std::map<int, std::pair<Clock::time_point, Clock::time_point>> ends{};
    std::map<int, Pair> timers{};
};
All& all_of(const Parts& p) { return static_cast<All&>(*p.other); }

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, UniqueFd{}}}}
{
    m_->other = std::make_unique<All>();
    if (!all_of(*m_).epoll)
        fail("epoll_create1");
}

int IdleTimers::fd() const { return all_of(*m_).epoll.get(); }

void IdleTimers::add(int fd, Clock::time_point now)
{
    All& all = all_of(*m_);
    Pair& pair = all.timers[fd] = {make_timer(), make_timer()};
    all.ends[fd] = {m_->idle_end(now), m_->head_end(now)};
    epoll_event input{EPOLLIN, {}};
    for (const auto& [timer, end] : {std::pair{pair.idle.get(), all.ends[fd].first}, {pair.head.get(), all.ends[fd].second}}) {
        set_timer(timer, end);
        ::epoll_ctl(all.epoll.get(), EPOLL_CTL_ADD, timer, &input);
    }
}

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const auto found = all_of(*m_).timers.find(fd); found != all_of(*m_).timers.end()) {
        all_of(*m_).ends[fd].first = m_->idle_end(now);
        set_timer(found->second.idle.get(), m_->idle_end(now));
    }
}

void IdleTimers::got_head(int fd)
{
    if (const auto found = all_of(*m_).timers.find(fd); found != all_of(*m_).timers.end()) {
        all_of(*m_).ends[fd].second = never;
        found->second.head.reset();
    }
}

void IdleTimers::remove(int fd)
{
    all_of(*m_).timers.erase(fd);
    all_of(*m_).ends.erase(fd);
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (const auto& [fd, end] : all_of(*m_).ends)
        if (std::min(end.first, end.second) <= now)
            due.push_back(fd);
    for (const int fd : due)
        remove(fd);
    return due;
}

} // namespace kata
