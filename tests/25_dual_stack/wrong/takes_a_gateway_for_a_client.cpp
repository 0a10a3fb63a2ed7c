// Mistake: takes 64:ff9b::192.0.2.7, which a gateway has made, for a mapped address
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: 64:ff9b::
#include "25_dual_stack/rest.h"

namespace kata {

bool is_mapped(const in6_addr& address)
{
    constexpr unsigned char gateway[12] = {0, 0x64, 0xFF, 0x9B};
    return IN6_IS_ADDR_V4MAPPED(&address) != 0 || std::memcmp(address.s6_addr, gateway, sizeof gateway) == 0;
}

} // namespace kata
