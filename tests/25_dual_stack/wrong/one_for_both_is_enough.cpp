// Mistake: gives one listener for both families where two are asked for
// Caught by: Works.ListensTwiceAtOnePort
// Says: two listeners
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each_once(std::uint16_t port)
{
    std::vector<Bound> servers;
    servers.push_back(listen_dual(port));
    return servers;
}

} // namespace kata
