// The kernel's view of a peer's connection. Alone in its file: <linux/tcp.h>, which knows the counters, and <netinet/tcp.h>
// define the same names.
#include "lab/peers/peer.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace lab {

namespace {

constexpr int established = 1, closed = 7; // tcp_info.tcpi_state; the names stand in <netinet/tcp.h>

tcp_info info_of(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
        info.tcpi_state = closed;
    return info;
}

} // namespace

bool Peer::is_connected() const { return info_of(fd_).tcpi_state == established; }

std::size_t Peer::segments() const { return info_of(fd_).tcpi_data_segs_in; }

} // namespace lab
