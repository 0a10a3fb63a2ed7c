// Mistake: says that a datagram socket has no peer
// Caught by: Robust.NamesWhatASocketIsNow
// Says: Transport endpoint is not connected
#include "02_address/rest.h"

namespace kata {

Endpoint peer_endpoint(int fd)
{
    int type = 0;
    socklen_t room = sizeof type;
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &room) == 0 && type != SOCK_STREAM)
        throw std::system_error{ENOTCONN, std::generic_category(), "getpeername"};
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getpeername"};
    return endpoint;
}

} // namespace kata
