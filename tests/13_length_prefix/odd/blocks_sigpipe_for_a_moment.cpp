// Odd: write(2), which has no flags: blocks SIGPIPE in this thread alone, and takes back the one that it caused
#include "13_length_prefix/rest.h"

#include <csignal>
#include <ctime>
#include <unistd.h>

namespace kata {

namespace {

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

void transmit(int fd, std::span<const std::byte> bytes)
{
    const WithoutSigpipe quiet;
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "write"};
        bytes = bytes.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
}

} // namespace kata
