#pragma once

// The parts of IdleTimers, for answers that write one of them themselves and take the others from rest.cpp.
#include "31_idle_timers/idle_timers.h"

#include "01_socket/socket.h"

#include <algorithm>
#include <cerrno>
#include <list>
#include <sys/timerfd.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>

namespace kata {

using Clock = IdleTimers::Clock;
using std::chrono::milliseconds;
using namespace std::chrono_literals;
constexpr auto never = Clock::time_point::max();

[[noreturn]] inline void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

struct Due {
    int fd;
    Clock::time_point end;
};
using Queue = std::list<Due>; // in the order of their ends

struct Connection {
    Queue::iterator idle, head;
    bool has_head = false;
};

// For answers with other queues.
struct Other {
    virtual ~Other() = default;
};

struct Parts {
    IdleLimits limits;
    UniqueFd timer;
    Clock::time_point rings_at = never;
    Queue idle{}, heads{};
    std::unordered_map<int, Connection> connections{};
    std::unique_ptr<Other> other{};

    Connection* find(int fd)
    {
        const auto c = connections.find(fd);
        return c == connections.end() ? nullptr : &c->second;
    }
    Clock::time_point idle_end(Clock::time_point now) const { return now + milliseconds{limits.idle_ms}; }
    Clock::time_point head_end(Clock::time_point now) const { return now + milliseconds{limits.head_ms}; }
};
struct IdleTimers::Machinery : Parts {};

inline Clock::time_point first_end(const Queue& queue) { return queue.empty() ? never : queue.front().end; }
inline Clock::time_point next_end(const Parts& p) { return std::min(first_end(p.idle), first_end(p.heads)); }

inline itimerspec in_itimerspec(std::chrono::nanoseconds time) { return {{}, {time / 1s, (time % 1s).count()}}; }

UniqueFd make_timer();
void set_timer(int timer, Clock::time_point end); // never: off
void rings(Parts& p, Clock::time_point end);      // remembers it, too
void begins(Parts& p, int fd, Clock::time_point now);
void forgets_head(Parts& p, int fd);
void forgets_idle(Parts& p, int fd); // and the connection

} // namespace kata
