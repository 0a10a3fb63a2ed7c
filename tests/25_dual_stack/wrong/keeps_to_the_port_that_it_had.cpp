// Mistake: remembers the port that the kernel chose, and wants it again
// Caught by: Works.SaysWhichPortItGot
// Says: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_dual(std::uint16_t port)
{
    static std::uint16_t last = 0;
    const std::uint16_t wanted = port == 0 ? last : port;
    std::optional<Bound> both = listen_ipv6_if_there_is(wanted, false);
    Bound server = both ? std::move(*both) : listen_ipv4(wanted);
    last = server.local.port();
    return server;
}

} // namespace kata
