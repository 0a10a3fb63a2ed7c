// Odd: closes with close_range(), and sets close-on-exec twice
#include "01_socket/socket.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

UniqueFd::UniqueFd(int fd) noexcept : fd_{fd} {}

UniqueFd::UniqueFd(UniqueFd&& other) noexcept : fd_{other.release()} {}

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this != &other)
        reset(other.release());
    return *this;
}

UniqueFd::~UniqueFd() { reset(); }

int UniqueFd::get() const noexcept { return fd_; }

int UniqueFd::release() noexcept { return std::exchange(fd_, -1); }

void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    ::close_range(static_cast<unsigned>(old), static_cast<unsigned>(old), 0);
    errno = saved;
}

UniqueFd::operator bool() const noexcept { return fd_ >= 0; }

UniqueFd open_socket(int family, int type)
{
    const int fd = ::socket(family, type | SOCK_CLOEXEC, 0);
    if (fd == -1)
        throw std::system_error{errno, std::system_category()};
    ::fcntl(fd, F_SETFD, ::fcntl(fd, F_GETFD) | FD_CLOEXEC);
    return UniqueFd{fd};
}

} // namespace kata
