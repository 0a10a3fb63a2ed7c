// Mistake: looks whether the socket has an address, and knows addresses of IPv4 only
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: the address is ::1
#include "04_listen/listen.h"

#include "02_address/address.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (local_endpoint(bound_fd).family() == AF_INET6)
        throw std::system_error{EAFNOSUPPORT, std::generic_category(), "listen"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
