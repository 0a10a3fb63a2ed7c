// Mistake: takes any address with ffff before its last four bytes
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: [1::ffff:c000:207]:80
#include "25_dual_stack/rest.h"

namespace kata {

bool is_mapped(const in6_addr& address) { return address.s6_addr[10] == 0xFF && address.s6_addr[11] == 0xFF; }

} // namespace kata
