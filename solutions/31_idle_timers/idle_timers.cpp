#include "31_idle_timers/idle_timers.h"

#include "01_socket/socket.h"

#include <algorithm>
#include <cerrno>
#include <list>
#include <sys/timerfd.h>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace kata {

namespace {

using Clock = IdleTimers::Clock;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
constexpr auto never = Clock::time_point::max();
[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

struct Due {
    int fd;
    Clock::time_point end;
};

// In the order of their ends: one limit for all, and moments never go back. So who begins is the last, and nothing is sorted.
using Queue = std::list<Due>;

Clock::time_point first_end(const Queue& queue) { return queue.empty() ? never : queue.front().end; }

struct Connection {
    Queue::iterator idle, head;
    bool has_head = false;
};

} // namespace

struct IdleTimers::Machinery {
    IdleLimits limits;
    UniqueFd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)};
    Clock::time_point rings_at = never; // never after the first end
    Queue idle{}, heads{};
    std::unordered_map<int, Connection> connections{};

    // A point in time, not what is left until then: however late this call comes, and whoever sets the wall clock, the moment is
    // the same, and one that is over rings at once. It also makes a timer silent that has rung (timerfd_create(2), read(2)).
    void rings(Clock::time_point end)
    {
        const std::chrono::nanoseconds since_boot = end == never ? 0ns : end.time_since_epoch(); // 0 is no moment: off
        const itimerspec when{.it_interval = {}, .it_value = {since_boot / 1s, (since_boot % 1s).count()}};
        if (::timerfd_settime(timer.get(), TFD_TIMER_ABSTIME, &when, nullptr) < 0)
            fail("timerfd_settime");
        rings_at = end;
    }
    Connection* find(int fd)
    {
        const auto c = connections.find(fd);
        return c == connections.end() ? nullptr : &c->second;
    }
};

IdleTimers::IdleTimers(const IdleLimits& limits) : m_{new Machinery{limits}}
{
    if (!m_->timer)
        fail("timerfd_create");
}

IdleTimers::~IdleTimers() = default;

int IdleTimers::fd() const { return m_->timer.get(); }

void IdleTimers::add(int fd, Clock::time_point now)
{
    const auto idle_end = now + milliseconds{m_->limits.idle_ms}, head_end = now + milliseconds{m_->limits.head_ms};
    if (const auto first = std::min(idle_end, head_end); first < m_->rings_at)
        m_->rings(first); // before anything has changed, for it may throw
    remove(fd);
    m_->connections[fd] = {m_->idle.insert(m_->idle.end(), {fd, idle_end}), m_->heads.insert(m_->heads.end(), {fd, head_end})};
}

// The timer stays as it is. It rings too early now, at worst; expire() then sets it.
void IdleTimers::touch(int fd, Clock::time_point now)
{
    if (const Connection* c = m_->find(fd)) {
        c->idle->end = now + milliseconds{m_->limits.idle_ms};
        m_->idle.splice(m_->idle.end(), m_->idle, c->idle);
    }
}

void IdleTimers::got_head(int fd)
{
    if (Connection* c = m_->find(fd); c != nullptr && !std::exchange(c->has_head, true))
        m_->heads.erase(c->head);
}

void IdleTimers::remove(int fd)
{
    got_head(fd);
    if (const Connection* c = m_->find(fd)) {
        m_->idle.erase(c->idle);
        m_->connections.erase(fd);
    }
}

std::vector<int> IdleTimers::expire(Clock::time_point now)
{
    std::vector<int> due;
    for (Queue* queue : {&m_->idle, &m_->heads})
        while (first_end(*queue) <= now) {
            due.push_back(queue->front().fd);
            remove(due.back()); // from both
        }
    if (now >= m_->rings_at)
        m_->rings(std::min(first_end(m_->idle), first_end(m_->heads)));
    return due;
}

} // namespace kata
