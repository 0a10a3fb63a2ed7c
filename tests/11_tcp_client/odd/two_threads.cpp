// Odd: sends in one thread and reads in the other; both block
#include "11_tcp_client/rest.h"

#include <atomic>
#include <exception>
#include <thread>

namespace kata {

namespace {

// Sends the request, and wakes the reader when something is wrong.
class Sender {
public:
    Sender(int fd, std::span<const std::byte> request, Clock::time_point deadline)
        : fd_{fd},
          thread_{[this, request, deadline] { run(request, deadline); }}
    {
    }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    ~Sender() { join(); }

    bool is_done() const { return done_; }
    // Whether it was told of a reset.
    bool join()
    {
        if (thread_.joinable())
            thread_.join();
        return reset_;
    }
    void throws_what_went_wrong() const
    {
        if (trouble_)
            std::rethrow_exception(trouble_);
    }

private:
    void run(std::span<const std::byte> rest, Clock::time_point deadline)
    {
        try {
            while (!rest.empty()) {
                const ssize_t n = ::send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
                reset_ = n < 0 && errno == ECONNRESET;
                if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
                    return;
                if (n < 0 && errno == EAGAIN && wait_for(fd_, POLLOUT, deadline) == 0)
                    return;
                if (n < 0 && errno != EINTR && errno != EAGAIN)
                    fail("send");
                rest = rest.subspan(static_cast<std::size_t>(n > 0 ? n : 0));
            }
            half_close(fd_);
        } catch (const std::system_error&) {
            trouble_ = std::current_exception();
            ::shutdown(fd_, SHUT_RDWR);
        }
    }

    int fd_;
    bool reset_ = false;
    std::atomic<bool> done_ = false;
    std::exception_ptr trouble_{};
    std::thread thread_;
};

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    Sender sender{fd, request, deadline};
    try {
        while (wait_for(fd, POLLIN, deadline) != 0 && receive_some(x)) {
        }
    } catch (const std::system_error&) {
        ::shutdown(fd, SHUT_RDWR); // wakes the sender, if it still waits for room
        throw;
    }
    if (!sender.is_done())
        ::shutdown(fd, SHUT_RDWR);
    if (sender.join() && x.answer.end != End::timed_out)
        x.answer.end = End::reset;
    sender.throws_what_went_wrong();
    return x.answer;
}

} // namespace kata
