// Mistake: asks a copy of the descriptor, and leaks it when there is no peer
// Caught by: Robust.SaysWhyThereIsNoAddress
// Says: leaked 2 descriptors
#include "02_address/rest.h"

#include <fcntl.h>
#include <unistd.h>

namespace kata {

Endpoint peer_endpoint(int fd)
{
    const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
    Endpoint end;
    end.size = sizeof end.storage;
    if (::getpeername(copy, reinterpret_cast<sockaddr*>(&end.storage), &end.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getpeername"};
    ::close(copy);
    return end;
}

} // namespace kata
