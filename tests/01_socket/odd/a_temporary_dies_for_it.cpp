// Odd: lets a temporary owner die with the old descriptor, in the assignment and in reset()
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

UniqueFd::UniqueFd(int fd) noexcept : fd_{fd} {}

UniqueFd::UniqueFd(UniqueFd&& other) noexcept : UniqueFd{} { std::swap(fd_, other.fd_); }

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    UniqueFd taken{std::move(other)};
    std::swap(fd_, taken.fd_);
    return *this;
}

UniqueFd::~UniqueFd()
{
    const int saved = errno;
    if (fd_ >= 0)
        ::close(fd_);
    errno = saved;
}

int UniqueFd::get() const noexcept { return fd_; }

int UniqueFd::release() noexcept { return std::exchange(fd_, -1); }

void UniqueFd::reset(int fd) noexcept
{
    UniqueFd old{release()};
    if (old.fd_ == fd)
        old.fd_ = -1;
    fd_ = fd;
}

UniqueFd::operator bool() const noexcept { return fd_ >= 0; }

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
