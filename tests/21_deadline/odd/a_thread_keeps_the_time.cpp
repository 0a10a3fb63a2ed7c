// Odd: a second thread sleeps until the deadline, and then wakes the first through a pipe
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// Becomes readable at the deadline.
class Bell {
public:
    explicit Bell(Deadline deadline)
    {
        if (::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) < 0)
            fail("pipe2");
        try {
            keeper_ = std::thread{[this, deadline] { keep(deadline); }};
        } catch (...) {
            close_ends();
            throw;
        }
    }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;
    ~Bell()
    {
        {
            const std::lock_guard lock{mutex_};
            done_ = true;
        }
        wake_.notify_one();
        keeper_.join();
        close_ends();
    }
    int fd() const { return ends_[0]; }

private:
    void keep(Deadline deadline)
    {
        std::unique_lock lock{mutex_};
        if (!wake_.wait_until(lock, deadline, [this] { return done_; }))
            while (::write(ends_[1], "!", 1) < 0 && errno == EINTR) {
            }
    }
    void close_ends() const
    {
        for (const int end : ends_)
            ::close(end);
    }
    int ends_[2] = {-1, -1};
    std::mutex mutex_;
    std::condition_variable wake_;
    bool done_ = false;
    std::thread keeper_;
};

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    if (out.empty())
        return {IoStatus::ok, 0};
    std::size_t n = 0;
    const Bell bell{std::clamp(deadline, Deadline{} + std::chrono::seconds{1}, Clock::now() + std::chrono::hours{24 * 365})};
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
        pollfd inputs[] = {{fd, POLLIN, 0}, {bell.fd(), POLLIN, 0}};
        if (got < 0 && ::poll(inputs, 2, -1) < 0 && errno != EINTR)
            fail("poll");
    }
    return {IoStatus::ok, n};
}

} // namespace kata
