// Mistake: does not look at the two bytes before ffff
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: came      192.0.2.7:80
#include "25_dual_stack/rest.h"

namespace kata {

bool is_mapped(const in6_addr& address)
{
    static constexpr unsigned char zeros[8]{};
    return std::memcmp(address.s6_addr, zeros, sizeof zeros) == 0 && address.s6_addr[10] == 0xFF && address.s6_addr[11] == 0xFF;
}

} // namespace kata
