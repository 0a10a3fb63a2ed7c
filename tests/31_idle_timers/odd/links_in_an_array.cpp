// Odd: the queues are links in an array, with the number of a descriptor as index
#include "31_idle_timers/rest.h"

#include <array>

namespace kata {

struct Link {
    int before = -1, after = -1;
    bool waits = false;
    Clock::time_point end{};
};
struct Chain {
    std::vector<Link> links{};
    int first = -1, last = -1;

    void append(int fd, Clock::time_point end)
    {
        if (static_cast<std::size_t>(fd) >= links.size())
            links.resize(static_cast<std::size_t>(fd) + 1 + links.size());
        take_out(fd);
        at(fd) = {last, -1, true, end};
        (last < 0 ? first : at(last).after) = fd;
        last = fd;
    }
    void take_out(int fd)
    {
        if (!has(fd))
            return;
        const Link link = at(fd);
        (link.before < 0 ? first : at(link.before).after) = link.after;
        (link.after < 0 ? last : at(link.after).before) = link.before;
        at(fd) = {};
    }
    bool has(int fd) const { return static_cast<std::size_t>(fd) < links.size() && links[static_cast<std::size_t>(fd)].waits; }
    Link& at(int fd) { return links[static_cast<std::size_t>(fd)]; }
    Clock::time_point end() { return first < 0 ? never : at(first).end; }
};
struct Chains : Other {
    std::array<Chain, 2> chains{}; // idle, head
};
std::array<Chain, 2>& chains_of(const Parts& p) { return static_cast<Chains&>(*p.other).chains; }

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    if (!m_->timer)
        fail("timerfd_create");
    m_->other = std::make_unique<Chains>();
}

void IdleTimers::add(int fd, Clock::time_point now)
{
    std::array<Chain, 2>& chains = chains_of(*m_);
    chains[0].append(fd, m_->idle_end(now));
    chains[1].append(fd, m_->head_end(now));
    if (const auto first = std::min(m_->idle_end(now), m_->head_end(now)); first < m_->rings_at)
        rings(*m_, first);
}

void IdleTimers::touch(int fd, Clock::time_point now)
{
    std::array<Chain, 2>& chains = chains_of(*m_);
    if (chains[0].has(fd))
        chains[0].append(fd, m_->idle_end(now));
}

void IdleTimers::got_head(int fd) { chains_of(*m_)[1].take_out(fd); }

void IdleTimers::remove(int fd)
{
    std::array<Chain, 2>& chains = chains_of(*m_);
    chains[0].take_out(fd);
    chains[1].take_out(fd);
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::array<Chain, 2>& chains = chains_of(*m_);
    std::vector<int> due;
    for (Chain& chain : chains)
        while (chain.end() <= now) {
            due.push_back(chain.first);
            remove(chain.first);
        }
    rings(*m_, std::min(chains[0].end(), chains[1].end()));
    return due;
}

} // namespace kata
