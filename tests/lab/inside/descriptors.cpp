#include "lab/inside/kernel.h"
#include "lab/inside/recorder.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

// What the recorder knows of a descriptor. kernel() below: the libc names are the shims'. errno stays the learner's.
namespace lab {

namespace {

std::array<std::atomic<Kind>, 4096> kinds;
std::array<std::atomic<std::int64_t>, 4096> receive_limits, send_limits; // 0: ask the kernel
std::array<std::atomic<bool>, 4096> edges_only;

std::atomic<std::int64_t>* limit_of(int fd, int option)
{
    auto& limits = option == SO_RCVTIMEO ? receive_limits : send_limits;
    return fd >= 0 && static_cast<std::size_t>(fd) < limits.size() ? &limits[static_cast<std::size_t>(fd)] : nullptr;
}

Kind look_up(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    if (kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0)
        return type == SOCK_STREAM ? Kind::stream : Kind::datagram;
    if (errno == EBADF)
        return Kind::other;
    struct stat status {};
    if (kernel(SYS_fstat, fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) || S_ISCHR(status.st_mode)))
        return Kind::ignored;
    return (status.st_mode & S_IFMT) == 0 ? Kind::counter : Kind::other; // no type: anon_inode; then a pipe
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
    for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO})
        keep_time_limit(fd, option, 0);
    keep_edges(fd, false);
}

void keep_edges(int fd, bool edges)
{
    if (fd >= 0 && static_cast<std::size_t>(fd) < edges_only.size())
        edges_only[static_cast<std::size_t>(fd)].store(edges, std::memory_order_relaxed);
}

bool has_told_its_edge(int fd, short ready)
{
    if (fd < 0 || static_cast<std::size_t>(fd) >= edges_only.size() || !edges_only[static_cast<std::size_t>(fd)])
        return false;
    pollfd p{fd, ready, 0};
    const int saved = errno;
    const bool is_ready = kernel(SYS_poll, &p, 1, 0) > 0;
    errno = saved;
    return is_ready;
}

void keep_time_limit(int fd, int option, std::int64_t limit)
{
    if (std::atomic<std::int64_t>* kept = limit_of(fd, option))
        kept->store(limit, std::memory_order_relaxed);
}

std::int64_t time_limit_of(int fd, int option)
{
    const std::atomic<std::int64_t>* kept = limit_of(fd, option);
    if (const std::int64_t limit = kept != nullptr ? kept->load(std::memory_order_relaxed) : 0; limit != 0)
        return limit;
    timeval limit{};
    socklen_t size = sizeof limit;
    const int saved = errno;
    const bool set = kernel(SYS_getsockopt, fd, SOL_SOCKET, option, &limit, &size) == 0 && (limit.tv_sec | limit.tv_usec) != 0;
    errno = saved;
    return set ? limit.tv_sec * 1'000'000'000 + limit.tv_usec * 1000 : never;
}

bool is_recorded(int fd) { return recording != nullptr && kind_of(fd) != Kind::ignored; }

bool is_open(int fd)
{
    const int saved = errno;
    const bool open = kernel(SYS_fcntl, fd, F_GETFD) >= 0;
    errno = saved;
    return open;
}

bool is_blocking(int fd)
{
    const int saved = errno;
    const long flags = kernel(SYS_fcntl, fd, F_GETFL, 0);
    errno = saved;
    return flags >= 0 && (flags & O_NONBLOCK) == 0;
}

bool has_to_wait(int fd)
{
    if (!is_blocking(fd))
        return false;
    pollfd p{fd, POLLIN, 0};
    const int saved = errno;
    const bool empty = kernel(SYS_poll, &p, 1, 0) == 0;
    errno = saved;
    return empty;
}

int unread_bytes(int fd)
{
    int n = 0;
    const int saved = errno;
    const bool known = kernel(SYS_ioctl, fd, FIONREAD, &n) == 0;
    errno = saved;
    return known ? n : -1;
}

void keep_name(Address& address, int fd, long name_call)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    const int saved = errno;
    if (kernel(name_call, fd, &name, &size) == 0)
        address = address_of(reinterpret_cast<sockaddr*>(&name), size);
    errno = saved;
}

} // namespace lab
