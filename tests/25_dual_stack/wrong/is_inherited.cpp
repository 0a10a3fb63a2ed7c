// Mistake: a program that it starts gets the listener, too
// Caught by: Works.SaysWhichPortItGot
// Says: is started by exec
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd{::socket(AF_INET6, SOCK_STREAM, 0)};
    if (!fd)
        fail("socket");
    prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
