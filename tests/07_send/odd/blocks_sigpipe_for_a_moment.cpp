// Odd: write(2), which has no flags: blocks SIGPIPE in this thread, takes back the one it caused and no other, restores the mask
#include "07_send/send.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail("poll");
}

class WithoutSigpipe {
public:
    WithoutSigpipe()
    {
        ::sigemptyset(&sigpipe_);
        ::sigaddset(&sigpipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
        sigset_t waiting;
        ::sigpending(&waiting);
        is_the_callers_ = ::sigismember(&waiting, SIGPIPE) == 1;
    }
    WithoutSigpipe(const WithoutSigpipe&) = delete;
    WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
    ~WithoutSigpipe()
    {
        const timespec now{};
        if (!is_the_callers_)
            ::sigtimedwait(&sigpipe_, nullptr, &now);
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t sigpipe_{}, before_{};
    bool is_the_callers_ = false;
};

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    const WithoutSigpipe quiet;
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("write");
    }
}

} // namespace kata
