// Mistake: listens at 0.0.0.0: no IPv6 client finds it
// Caught by: Works.ServesClientsOfBothFamilies
// Says: expected  ann receives "hello"
#include "25_dual_stack/rest.h"

namespace kata {

Bound listen_dual(std::uint16_t port) { return listen_ipv4(port); }

} // namespace kata
