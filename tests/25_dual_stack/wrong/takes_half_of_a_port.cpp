// Mistake: a port that is taken in IPv6 is good enough for IPv4
// Caught by: Hostile.LeavesAPortWhereSomebodyListens
// Says: std::system_error with EADDRINUSE
#include "25_dual_stack/rest.h"

namespace kata {

bool is_without_ipv6(int error) { return error == EAFNOSUPPORT || error == EADDRINUSE; }

} // namespace kata
