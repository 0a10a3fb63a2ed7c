// Mistake: keeps the number after reset() closed it, and closes it again
// Caught by: Hostile.NumbersAreReused
// Says: for bob, who got the number after reset(), when its old owner dies
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

UniqueFd::UniqueFd(int fd) noexcept : fd_{fd} {}

UniqueFd::UniqueFd(UniqueFd&& other) noexcept : fd_{other.release()} {}

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    UniqueFd taken{std::move(other)};
    std::swap(fd_, taken.fd_);
    return *this;
}

UniqueFd::~UniqueFd() { reset(); }

int UniqueFd::get() const noexcept { return fd_; }

int UniqueFd::release() noexcept { return std::exchange(fd_, -1); }

void UniqueFd::reset(int fd) noexcept
{
    if (fd_ == fd)
        return;
    if (fd_ >= 0) {
        const int saved = errno;
        ::close(fd_);
        errno = saved;
    }
    if (fd >= 0)
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
