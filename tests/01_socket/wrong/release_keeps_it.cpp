// Mistake: returns the number from release(), and owns it still
// Caught by: Works.HandsOver
// Says: get() is -1 and bool is false after release()
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

UniqueFd::UniqueFd(int fd) noexcept : fd_{fd} {}

UniqueFd::UniqueFd(UniqueFd&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this != &other)
        reset(std::exchange(other.fd_, -1));
    return *this;
}

UniqueFd::~UniqueFd() { reset(); }

int UniqueFd::get() const noexcept { return fd_; }

int UniqueFd::release() noexcept { return fd_; }

void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    ::close(old);
    errno = saved;
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
