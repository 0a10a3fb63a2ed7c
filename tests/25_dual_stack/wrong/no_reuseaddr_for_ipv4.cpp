// Mistake: the IPv4 half of the port does not come back after a restart
// Caught by: Robust.TakesBothPortsBackAfterARestart
// Says: bind: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv4(std::uint16_t port)
{
    UniqueFd fd = open_socket(AF_INET, SOCK_STREAM);
    binds(fd, every_address("0.0.0.0:", port));
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
