// Mistake: forgets close-on-exec
// Caught by: Robust.IsNotInheritedByAnotherProgram
// Says: it inherits it
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
    ::close(old);
    errno = saved;
}

UniqueFd::operator bool() const noexcept { return fd_ >= 0; }

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
