// Odd: recursion instead of a loop, fcntl for close-on-exec, and TCP_INFO to see whether the attempt is over
#include "09_connect/rest.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

int wait_for_the_end(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    do {
        pollfd p{fd, POLLOUT, 0};
        if (::poll(&p, 1, -1) < 0 && errno != EINTR)
            return errno;
        if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
            return errno;
    } while (info.tcpi_state == TCP_SYN_SENT);
    int error = 0;
    size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    UniqueFd fd{::socket(candidates.front().family(), SOCK_STREAM, IPPROTO_TCP)};
    const int error = fd ? try_to_connect(fd.get(), candidates.front()) : errno;
    if (error == 0) {
        ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
        return fd;
    }
    fd.reset();
    if (candidates.size() == 1)
        throw std::system_error{error, std::generic_category(), "connect"};
    return connect_any(candidates.subspan(1));
}

} // namespace kata
