// Mistake: serves IPv4 alone also when the IPv6 address cannot be had
// Caught by: Robust.TakesNoOtherErrorForAMissingFamily
// Says: std::system_error with EADDRNOTAVAIL
#include "25_dual_stack/rest.h"

namespace kata {

bool is_without_ipv6(int error) { return error == EAFNOSUPPORT || error == EADDRNOTAVAIL; }

} // namespace kata
