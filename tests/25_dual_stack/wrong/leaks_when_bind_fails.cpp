// Mistake: forgets the socket when bind() fails
// Caught by: Hostile.LeavesAPortWhereSomebodyListens
// Says: descriptor 3 is closed after
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, only);
    const Endpoint where = every_address("[::]:", port);
    if (::bind(fd.get(), where.address(), where.size) < 0) {
        fd.release();
        fail("bind");
    }
    listen_on(fd.get());
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
