// Mistake: names the protocol, and compares the whole type: a datagram socket with SOCK_NONBLOCK is asked for as TCP
// Caught by: Robust.OpensNothingButWhatWasAskedFor
// Says: socket: Protocol not supported
#include "01_socket/socket.h"

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    const bool internet = family == AF_INET || family == AF_INET6;
    const int protocol = !internet ? 0 : type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
    UniqueFd fd{::socket(family, type | SOCK_CLOEXEC, protocol)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
