// Mistake: asks for its address with room for a sockaddr_in: what comes is cut
// Caught by: Works.SaysWhichPortItGot
// Says: `local` is the address of the socket
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_ipv6(std::uint16_t port, bool only)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, only);
    binds(fd, every_address("[::]:", port));
    listen_on(fd.get());
    sockaddr_in small{};
    socklen_t size = sizeof small;
    if (::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&small), &size) < 0)
        fail("getsockname");
    return {std::move(fd), ipv4(&small.sin_addr, htons(small.sin_port))};
}

} // namespace kata
