// Mistake: rejects every scope
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[fe80::1%2]:80" is taken for AF_INET6, fe80::1%2
#include "02_address/rest.h"

namespace kata {

std::uint32_t parse_scope(std::string_view) { reject(); }

} // namespace kata
