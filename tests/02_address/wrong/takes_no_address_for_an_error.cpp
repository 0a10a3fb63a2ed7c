// Mistake: takes the address of a socket that is not bound for an error
// Caught by: Robust.NamesWhatASocketIsNow
// Says: Transport endpoint is not connected
#include "02_address/rest.h"

namespace kata {

Endpoint local_endpoint(int fd)
{
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    if (endpoint.port() == 0)
        throw std::system_error{ENOTCONN, std::generic_category(), "getsockname"};
    return endpoint;
}

} // namespace kata
