// A correct answer, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

[[gnu::weak]] UniqueFd::UniqueFd(int fd) noexcept : fd_{fd} {}

[[gnu::weak]] UniqueFd::UniqueFd(UniqueFd&& other) noexcept : fd_{other.release()} {}

[[gnu::weak]] UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    reset(other.release());
    return *this;
}

[[gnu::weak]] UniqueFd::~UniqueFd() { reset(-1); }

[[gnu::weak]] int UniqueFd::get() const noexcept { return fd_; }

[[gnu::weak]] int UniqueFd::release() noexcept { return std::exchange(fd_, -1); }

[[gnu::weak]] void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    ::close(old);
    errno = saved;
}

[[gnu::weak]] UniqueFd::operator bool() const noexcept { return fd_ >= 0; }

[[gnu::weak]] UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
