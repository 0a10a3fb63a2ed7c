// Mistake: takes every failure of getpeername() for a missing peer
// Caught by: Robust.TellsWhicheverCallFails
// Says: std::system_error with ENOTCONN
#include "02_address/rest.h"

namespace kata {

Endpoint peer_endpoint(int fd)
{
    Endpoint end;
    end.size = sizeof end.storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&end.storage), &end.size) < 0)
        throw std::system_error{ENOTCONN, std::generic_category(), "getpeername"};
    return end;
}

} // namespace kata
