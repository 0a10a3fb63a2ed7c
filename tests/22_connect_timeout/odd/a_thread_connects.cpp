// Odd: a second thread makes the blocking connect(); a shutdown() from the first ends it
#include "22_connect_timeout/connect_timeout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

int result_of_attempt(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

bool is_connected_to_itself(int fd, const Endpoint& to)
{
    const Endpoint own = local_endpoint(fd);
    return own.port() == to.port() && to_string(own) == to_string(peer_endpoint(fd));
}

// What the thread tells.
struct Attempt {
    std::mutex mutex;
    std::condition_variable over;
    bool is_over = false;
    int error = 0;
};

void attempt_to_connect(Attempt& attempt, int fd, const Endpoint& to)
{
    int error = ::connect(fd, to.address(), to.size) < 0 ? errno : 0;
    if (error == EINTR) {
        pollfd end{fd, POLLOUT, 0};
        while (::poll(&end, 1, -1) < 0 && errno == EINTR) {
        }
        error = result_of_attempt(fd);
    }
    const std::lock_guard lock{attempt.mutex};
    attempt.is_over = true;
    attempt.error = error;
    attempt.over.notify_one();
}

} // namespace

UniqueFd connect_with_timeout(const Endpoint& to, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    UniqueFd fd = open_socket(to.family(), SOCK_STREAM);
    Attempt attempt;
    std::thread connector{[&] { attempt_to_connect(attempt, fd.get(), to); }};
    std::unique_lock lock{attempt.mutex};
    const bool in_time = attempt.over.wait_until(lock, end, [&] { return attempt.is_over; });
    lock.unlock();
    if (!in_time)
        ::shutdown(fd.get(), SHUT_RDWR);
    connector.join();
    if (!in_time)
        fail(ETIMEDOUT, "connect");
    if (attempt.error != 0)
        fail(attempt.error, "connect");
    if (is_connected_to_itself(fd.get(), to))
        fail(ECONNREFUSED, "connect");
    return fd;
}

} // namespace kata
