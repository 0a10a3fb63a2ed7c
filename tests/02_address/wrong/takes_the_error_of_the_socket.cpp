// Mistake: tells SO_ERROR of a socket without a peer, and so takes it away
// Caught by: Robust.SaysWhyThereIsNoAddress
// Says: std::system_error with ENOTCONN
#include "02_address/rest.h"

namespace kata {

Endpoint peer_endpoint(int fd)
{
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) == 0)
        return endpoint;
    const int failed = errno;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    throw std::system_error{error != 0 ? error : failed, std::generic_category(), "getpeername"};
}

} // namespace kata
