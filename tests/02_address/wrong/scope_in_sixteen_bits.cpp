// Mistake: reads the scope with the function for ports, which has 16 bits
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[2001:db8::7%4294967295]:80" is taken for
#include "02_address/rest.h"

namespace kata {

std::uint32_t parse_scope(std::string_view digits) { return parse_port(digits); }

} // namespace kata
