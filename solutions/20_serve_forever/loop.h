#pragma once

#include "01_socket/socket.h"

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>

namespace kata {

// How a loop is stopped from another thread. To ask for the end and to wait for it are two things. The first is an eventfd:
// poll(2) hears of it at once, so nobody needs an interval, and it stays readable until a loop ends, so it may come before the
// loop.
class LoopControl {
public:
    LoopControl()
    {
        if (!request_)
            throw std::system_error{errno, std::generic_category(), "eventfd"};
    }

    // While it lives, this thread runs the loop. Also when the loop throws: somebody may wait for its end.
    class Running {
    public:
        explicit Running(LoopControl& loop) : loop_{loop}
        {
            const std::lock_guard lock{loop_.mutex_};
            loop_.thread_ = std::this_thread::get_id();
        }
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;
        ~Running()
        {
            const std::lock_guard lock{loop_.mutex_};
            eventfd_t taken = 0;
            ::eventfd_read(loop_.request_.get(), &taken);
            loop_.thread_ = {};
            ++loop_.ended_;
            loop_.changed_.notify_all();
        }

    private:
        LoopControl& loop_;
    };

    int request() const { return request_.get(); } // can be read when the loop is asked to end

    void stop()
    {
        std::unique_lock lock{mutex_};
        if (thread_ == std::this_thread::get_id())
            throw std::system_error{EDEADLK, std::generic_category(), "the loop's own thread cannot wait for its end"};
        ::eventfd_write(request_.get(), 1);
        if (thread_ != std::thread::id{}) // a count, because the next loop may begin before this thread wakes up
            changed_.wait(lock, [this, before = ended_] { return ended_ != before; });
    }

private:
    UniqueFd request_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex mutex_; // for all below
    std::condition_variable changed_;
    std::thread::id thread_; // nobody while no loop runs
    unsigned long ended_ = 0;
};

} // namespace kata
