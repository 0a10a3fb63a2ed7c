#include "lab/inside/looks.h"

#include <atomic>
#include <cstring>

namespace lab {

namespace {

constexpr int most_descriptors = 1024;
std::atomic<std::uint64_t> epoll_data[most_descriptors];
std::atomic<bool> is_in_epoll[most_descriptors];

void add(Event& event, int fd, long asked, long ready)
{
    const Looked looked{static_cast<short>(fd), static_cast<short>(asked), static_cast<short>(ready)};
    ++event.looked_at;
    if (event.head_size + sizeof looked > Looked::most * sizeof looked)
        return;
    std::memcpy(event.head + event.head_size, &looked, sizeof looked);
    event.head_size = static_cast<std::uint8_t>(event.head_size + sizeof looked);
}

void forget(Event& event) { event.head_size = 0, event.looked_at = 0; }

int descriptor_of(const epoll_event& event)
{
    if (const int fd = event.data.fd; fd >= 0 && fd < most_descriptors && is_in_epoll[fd] && epoll_data[fd] == event.data.u64)
        return fd;
    for (int fd = 0; fd < most_descriptors; ++fd)
        if (is_in_epoll[fd] && epoll_data[fd] == event.data.u64)
            return fd;
    return -1;
}

} // namespace

void keeps_looks(Event& event, const pollfd* fds, nfds_t n, bool has_result)
{
    forget(event);
    for (nfds_t i = 0; i < n; ++i)
        if (fds[i].fd >= 0 && (!has_result || n <= Looked::most || fds[i].revents != 0))
            add(event, fds[i].fd, fds[i].events, has_result ? fds[i].revents : 0);
    event.looked_at = static_cast<int>(n);
}

void keeps_looks(Event& event, int n, const fd_set* in, const fd_set* out, const fd_set* except, bool has_result)
{
    const auto bits_of = [=](int fd) {
        const auto has = [fd](const fd_set* set, int bit) { return set != nullptr && FD_ISSET(fd, set) ? bit : 0; };
        return has(in, POLLIN) | has(out, POLLOUT) | has(except, POLLPRI);
    };
    if (!has_result) {
        forget(event);
        for (int fd = 0; fd < n && fd < FD_SETSIZE; ++fd)
            if (bits_of(fd) != 0)
                add(event, fd, bits_of(fd), 0);
        return;
    }
    Looked looked{}; // what was asked is gone from the sets, and stays here
    for (std::size_t at = 0; at + sizeof looked <= event.head_size; at += sizeof looked) {
        std::memcpy(&looked, event.head + at, sizeof looked);
        looked.ready = static_cast<short>(bits_of(looked.fd));
        std::memcpy(event.head + at, &looked, sizeof looked);
    }
}

void remembers_epoll(int fd, const epoll_event* event)
{
    if (fd < 0 || fd >= most_descriptors)
        return;
    epoll_data[fd] = event != nullptr ? event->data.u64 : 0;
    is_in_epoll[fd] = event != nullptr;
}

void keeps_looks(Event& event, const epoll_event* events, int n)
{
    forget(event);
    for (int i = 0; i < n; ++i)
        if (const int fd = descriptor_of(events[i]); fd >= 0)
            add(event, fd, 0, static_cast<long>(events[i].events & 0xFFFF));
}

} // namespace lab
