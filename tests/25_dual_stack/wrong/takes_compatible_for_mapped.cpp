// Mistake: takes ::127.0.0.1 for the IPv4 client 127.0.0.1
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: [::127.0.0.1]:80
#include "25_dual_stack/rest.h"

namespace kata {

bool is_mapped(const in6_addr& address) { return IN6_IS_ADDR_V4MAPPED(&address) != 0 || IN6_IS_ADDR_V4COMPAT(&address) != 0; }

} // namespace kata
