// Odd: keeps a sorted set of moments; a touch takes one out and puts another in
#include "31_idle_timers/rest.h"

#include <set>

namespace kata {

struct Sorted : Other {
    std::set<std::pair<Clock::time_point, int>> ends{};
    std::unordered_map<int, std::pair<Clock::time_point, Clock::time_point>> connections{};

    void moves(int fd, Clock::time_point idle, Clock::time_point head)
    {
        if (const auto [old, is_new] = connections.try_emplace(fd, idle, head); !is_new) {
            ends.erase({std::min(old->second.first, old->second.second), fd});
            old->second = {idle, head};
        }
        ends.emplace_hint(ends.end(), std::min(idle, head), fd); // mostly the last one
    }
};
Sorted& sorted_of(Parts& p) { return static_cast<Sorted&>(*p.other); }

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    if (!m_->timer)
        fail("timerfd_create");
    m_->other = std::make_unique<Sorted>();
}

void IdleTimers::add(int fd, Clock::time_point now)
{
    sorted_of(*m_).moves(fd, m_->idle_end(now), m_->head_end(now));
    if (const auto first = sorted_of(*m_).ends.begin()->first; first < m_->rings_at)
        rings(*m_, first);
}

void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const auto found = sorted_of(*m_).connections.find(fd); found != sorted_of(*m_).connections.end())
        sorted_of(*m_).moves(fd, m_->idle_end(now), found->second.second);
}

void IdleTimers::got_head(int fd)
{
    if (const auto found = sorted_of(*m_).connections.find(fd); found != sorted_of(*m_).connections.end())
        sorted_of(*m_).moves(fd, found->second.first, never);
}

void IdleTimers::remove(int fd)
{
    const auto found = sorted_of(*m_).connections.find(fd);
    if (found == sorted_of(*m_).connections.end())
        return;
    sorted_of(*m_).ends.erase({std::min(found->second.first, found->second.second), fd});
    sorted_of(*m_).connections.erase(found);
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    Sorted& s = sorted_of(*m_);
    std::vector<int> due;
    while (!s.ends.empty() && s.ends.begin()->first <= now) {
        due.push_back(s.ends.begin()->second);
        remove(due.back());
    }
    rings(*m_, s.ends.empty() ? never : s.ends.begin()->first);
    return due;
}

} // namespace kata
