// Mistake: listens at ::1, where no IPv4 client comes
// Caught by: Works.ServesClientsOfBothFamilies
// Says: expected  ann receives "hello"
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, only);
    binds(fd, every_address("[::1]:", port));
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
