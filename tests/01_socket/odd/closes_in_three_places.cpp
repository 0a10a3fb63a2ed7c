// Odd: closes in three places, and only the destructor cares for errno
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

UniqueFd::UniqueFd(int fd) noexcept : fd_{fd} {}

UniqueFd::UniqueFd(UniqueFd&& other) noexcept : fd_{other.fd_} { other.fd_ = -1; }

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this != &other) {
        if (fd_ != -1)
            ::close(fd_);
        fd_ = other.fd_;
        other.fd_ = -1;
    }
    return *this;
}

UniqueFd::~UniqueFd()
{
    if (fd_ != -1) {
        const int saved = errno;
        ::close(fd_);
        errno = saved;
    }
}

int UniqueFd::get() const noexcept { return fd_; }

int UniqueFd::release() noexcept
{
    const int fd = fd_;
    fd_ = -1;
    return fd;
}

void UniqueFd::reset(int fd) noexcept
{
    if (fd == fd_)
        return;
    if (fd_ != -1)
        ::close(fd_);
    fd_ = fd;
}

UniqueFd::operator bool() const noexcept { return fd_ != -1; }

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
