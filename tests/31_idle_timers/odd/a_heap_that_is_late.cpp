// Odd: a heap with one entry for each connection, which is moved only when its time has come and it is not due after all
#include "31_idle_timers/rest.h"

#include <queue>

namespace kata {

struct Entry {
    Clock::time_point end;
    int fd;
    std::uint64_t who;
    bool operator<(const Entry& other) const { return end > other.end; }
};
struct Client {
    std::uint64_t who = 0;
    Clock::time_point idle{}, head{};
};
struct Late : Other {
    std::vector<Entry> heap{};
    std::unordered_map<int, Client> clients{};
    std::uint64_t last = 0;
    std::size_t dead = 0;

    void push(const Entry& entry)
    {
        heap.push_back(entry);
        std::push_heap(heap.begin(), heap.end());
    }
    bool lives(const Entry& entry) const
    {
        const auto found = clients.find(entry.fd);
        return found != clients.end() && found->second.who == entry.who;
    }
    void sweeps() // the entries of those who are gone, when they are the most
    {
        if (dead < 64 || dead < heap.size() / 2)
            return;
        std::erase_if(heap, [this](const Entry& entry) { return !lives(entry); });
        std::make_heap(heap.begin(), heap.end());
        dead = 0;
    }
};
Late& late_of(const Parts& p) { return static_cast<Late&>(*p.other); }

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    if (!m_->timer)
        fail("timerfd_create");
    m_->other = std::make_unique<Late>();
}

void IdleTimers::add(int fd, Clock::time_point now)
{
    Late& late = late_of(*m_);
    remove(fd);
    const Client client{++late.last, m_->idle_end(now), m_->head_end(now)};
    late.clients[fd] = client;
    late.push({std::min(client.idle, client.head), fd, client.who});
    if (late.heap.front().end < m_->rings_at)
        rings(*m_, late.heap.front().end);
}

void IdleTimers::touch(int fd, Clock::time_point now)
{
    Late& late = late_of(*m_);
    if (const auto found = late.clients.find(fd); found != late.clients.end())
        found->second.idle = m_->idle_end(now);
}

void IdleTimers::got_head(int fd)
{
    Late& late = late_of(*m_);
    if (const auto found = late.clients.find(fd); found != late.clients.end())
        found->second.head = never;
}

void IdleTimers::remove(int fd)
{
    Late& late = late_of(*m_);
    late.dead += late.clients.erase(fd);
    late.sweeps();
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    Late& late = late_of(*m_);
    std::vector<int> due;
    while (!late.heap.empty() && (late.heap.front().end <= now || !late.lives(late.heap.front()))) {
        const Entry first = late.heap.front();
        std::pop_heap(late.heap.begin(), late.heap.end());
        late.heap.pop_back();
        if (!late.lives(first)) {
            late.dead -= late.dead > 0 ? 1 : 0;
            continue;
        }
        const Client& client = late.clients.at(first.fd);
        if (const auto end = std::min(client.idle, client.head); end > now) {
            late.push({end, first.fd, client.who});
        } else {
            due.push_back(first.fd);
            late.clients.erase(first.fd);
        }
    }
    if (now >= m_->rings_at)
        rings(*m_, late.heap.empty() ? never : late.heap.front().end);
    return due;
}

} // namespace kata
