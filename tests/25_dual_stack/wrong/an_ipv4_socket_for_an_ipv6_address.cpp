// Mistake: makes an IPv4 socket and binds it to an IPv6 address
// Caught by: Works.ServesClientsOfBothFamilies
// Says: AF_INET, SOCK_STREAM
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET, SOCK_STREAM);
    if (only)
        prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
