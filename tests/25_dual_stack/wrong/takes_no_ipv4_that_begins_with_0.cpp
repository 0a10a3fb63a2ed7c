// Mistake: takes ::ffff:0.0.0.7 for no mapped address, as it is right for ::0.0.0.7
// Caught by: Works.NamesAMappedClientAsIpv4
// Says: ::ffff:0.0.0.0
#include "25_dual_stack/rest.h"

namespace kata {

bool is_mapped(const in6_addr& address) { return IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] != 0; }

} // namespace kata
