#pragma once

// What the parts of a server share, for answers that write some of its functions themselves and take the rest from rest.cpp.
#include "20_serve_forever/serve_forever.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>

namespace kata {

using Clock = std::chrono::steady_clock;

struct Worker {
    std::atomic<bool> is_done = false;
    std::thread thread{};
};

struct Parts {
    UniqueFd stop{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex mutex{};
    std::condition_variable changed{};
    std::thread::id loop{};
    unsigned long loops_ended = 0;
    std::list<Worker> workers{};
};
struct BaseServer::Machinery : Parts {};

// This thread runs the loop while it lives.
struct Loop {
    explicit Loop(Parts& parts) : m{parts}
    {
        const std::lock_guard lock{m.mutex};
        m.loop = std::this_thread::get_id();
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    ~Loop()
    {
        const std::lock_guard lock{m.mutex};
        eventfd_t taken = 0;
        ::eventfd_read(m.stop.get(), &taken);
        m.loop = {};
        ++m.loops_ended;
        m.changed.notify_all();
    }
    Parts& m;
};

inline int left_until(Clock::time_point end)
{
    return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count()));
}

inline bool wait_for(int one, int other, int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms;;) {
        pollfd both[]{{one, POLLIN, 0}, {other, POLLIN, 0}};
        const int ready = ::poll(both, 2, left);
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (timeout_ms > 0)
            left = left_until(end);
    }
}

inline bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

inline void join_those_that_are_done(std::list<Worker>& workers)
{
    workers.remove_if([](Worker& worker) {
        const bool done = worker.is_done;
        if (done)
            worker.thread.join();
        return done;
    });
}

} // namespace kata
