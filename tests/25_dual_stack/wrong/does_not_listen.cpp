// Mistake: binds, and never listens
// Caught by: Works.ServesClientsOfBothFamilies
// Says: accept
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
