// The kernel's view of a peer's connection.
#include "lab/machine/tcp_states.h"
#include "lab/peers/peer.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace lab {

namespace {

tcp_info info_of(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
        info.tcpi_state = tcp::closed;
    return info;
}

} // namespace

bool Peer::is_connected() const { return info_of(fd_).tcpi_state == tcp::established; }

std::size_t Peer::segments() const { return info_of(fd_).tcpi_data_segs_in; }

} // namespace lab
