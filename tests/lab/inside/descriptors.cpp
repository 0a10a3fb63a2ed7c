#include "lab/inside/recorder.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// What the recorder knows of a descriptor. Raw syscall() below: the libc names are the shims'. errno stays the learner's.
namespace lab {

namespace {

std::array<std::atomic<Kind>, 4096> kinds;

Kind look_up(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    if (syscall(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0)
        return type == SOCK_STREAM ? Kind::stream : Kind::datagram;
    if (errno == EBADF)
        return Kind::other;
    struct stat status {};
    if (syscall(SYS_fstat, fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) || S_ISCHR(status.st_mode)))
        return Kind::ignored;
    return Kind::other; // epoll, eventfd, timerfd, signalfd, pipe
}

} // namespace

Kind kind_of(int fd)
{
    if (fd < 0 || static_cast<std::size_t>(fd) >= kinds.size())
        return Kind::other;
    auto& cached = kinds[static_cast<std::size_t>(fd)];
    Kind kind = cached.load(std::memory_order_relaxed);
    if (kind == Kind::unknown) {
        const int saved = errno;
        kind = look_up(fd);
        if (kind == Kind::stream || kind == Kind::datagram) // a closed or an ordinary number may be something else tomorrow
            cached.store(kind, std::memory_order_relaxed);
        errno = saved;
    }
    return kind;
}

void forget_kind(int fd)
{
    if (fd >= 0 && static_cast<std::size_t>(fd) < kinds.size())
        kinds[static_cast<std::size_t>(fd)].store(Kind::unknown, std::memory_order_relaxed);
}

bool is_recorded(int fd) { return recording != nullptr && kind_of(fd) != Kind::ignored; }

bool is_open(int fd)
{
    const int saved = errno;
    const bool open = syscall(SYS_fcntl, fd, F_GETFD) >= 0;
    errno = saved;
    return open;
}

bool is_blocking(int fd)
{
    const int saved = errno;
    const long flags = syscall(SYS_fcntl, fd, F_GETFL, 0);
    errno = saved;
    return flags >= 0 && (flags & O_NONBLOCK) == 0;
}

bool has_to_wait(int fd)
{
    if (!is_blocking(fd))
        return false;
    pollfd p{fd, POLLIN, 0};
    const int saved = errno;
    const bool empty = syscall(SYS_poll, &p, 1, 0) == 0;
    errno = saved;
    return empty;
}

void keep_name(Address& address, int fd, long name_call)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    const int saved = errno;
    if (syscall(name_call, fd, &name, &size) == 0)
        address = address_of(reinterpret_cast<sockaddr*>(&name), size);
    errno = saved;
}

} // namespace lab
