// Mistake: knows streams and datagrams, and takes all that is no stream for a datagram
// Caught by: Works.OpensTheSocketThatWasAskedFor
// Says: expected  a socket of AF_UNIX, SOCK_SEQPACKET
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{
        ::socket(family, ((type & SOCK_STREAM) != 0 ? SOCK_STREAM : SOCK_DGRAM) | (type & SOCK_NONBLOCK) | SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
