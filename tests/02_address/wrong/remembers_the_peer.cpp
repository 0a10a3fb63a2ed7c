// Mistake: remembers the peer of a number
// Caught by: Robust.NamesWhatASocketIsNow
// Says: 127.0.0.2:10
#include "02_address/rest.h"

namespace kata {

Endpoint peer_endpoint(int fd)
{
    static int known_fd = -1;
    static Endpoint known;
    if (fd == known_fd)
        return known;
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getpeername"};
    known_fd = fd;
    known = endpoint;
    return endpoint;
}

} // namespace kata
