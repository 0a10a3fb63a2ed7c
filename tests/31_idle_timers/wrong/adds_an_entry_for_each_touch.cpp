// Mistake: a heap gets an entry for each touch; the old ones stay in it until their time comes
// Caught by: Hostile.AFloodOfTouchesKeepsNoMemory
// Says: the memory in use does not grow
#include "31_idle_timers/rest.h"

#include <queue>

namespace kata {

struct Entry {
    Clock::time_point end;
    int fd;
    std::uint64_t generation;
    bool operator<(const Entry& other) const { return end > other.end; }
};
struct Moments {
    std::uint64_t idle = 0, head = 0; // the entries that count; 0: none
};
struct Heap : Other {
    std::priority_queue<Entry> entries{};
    std::unordered_map<int, Moments> connections{};
    std::uint64_t last = 0;
};
Heap& heap_of(Parts& p) { return static_cast<Heap&>(*p.other); }

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{{limits, make_timer()}}}
{
    m_->other = std::make_unique<Heap>();
}

void IdleTimers::add(int fd, Clock::time_point now)
{
    Heap& heap = heap_of(*m_);
    heap.connections[fd] = {heap.last + 1, heap.last + 2};
    heap.entries.push({m_->idle_end(now), fd, ++heap.last});
    heap.entries.push({m_->head_end(now), fd, ++heap.last});
    if (heap.entries.top().end < m_->rings_at)
        rings(*m_, heap.entries.top().end);
}

void IdleTimers::touch(int fd, Clock::time_point now)
{
    Heap& heap = heap_of(*m_);
    if (const auto found = heap.connections.find(fd); found != heap.connections.end()) {
        found->second.idle = ++heap.last;
        heap.entries.push({m_->idle_end(now), fd, heap.last});
    }
}

void IdleTimers::got_head(int fd)
{
    Heap& heap = heap_of(*m_);
    if (const auto found = heap.connections.find(fd); found != heap.connections.end())
        found->second.head = 0;
}

void IdleTimers::remove(int fd) { heap_of(*m_).connections.erase(fd); }

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    Heap& heap = heap_of(*m_);
    std::vector<int> due;
    while (!heap.entries.empty()) {
        const Entry first = heap.entries.top();
        const auto found = heap.connections.find(first.fd);
        const bool counts =
            found != heap.connections.end() && (found->second.idle == first.generation || found->second.head == first.generation);
        if (counts && first.end > now)
            break;
        if (counts) {
            due.push_back(first.fd);
            heap.connections.erase(found);
        }
        heap.entries.pop();
    }
    rings(*m_, heap.entries.empty() ? never : heap.entries.top().end);
    return due;
}

} // namespace kata
