// Odd: makes the socket non-blocking, and blocking again in the end
#include "25_dual_stack/rest.h"

#include <fcntl.h>

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK);
    prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    if (::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK) < 0)
        fail("fcntl");
    listen_on(fd.get(), 64);
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
