// Mistake: makes a non-blocking listener
// Caught by: Works.SaysWhichPortItGot
// Says: a blocking listener
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK);
    prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
