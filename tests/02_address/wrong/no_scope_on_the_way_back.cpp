// Mistake: prints the address without its scope
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: came      "[fe80::1]:80"
#include "02_address/rest.h"

namespace kata {

std::string scope_text(std::uint32_t) { return ""; }

} // namespace kata
