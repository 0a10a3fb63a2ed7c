// Mistake: tells the port that it asked for
// Caught by: Works.SaysWhichPortItGot
// Says: `local` is the address of the socket
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, only);
    const Endpoint where = every_address("[::]:", port);
    binds(fd, where);
    listen_on(fd.get());
    return {std::move(fd), where};
}

} // namespace kata
