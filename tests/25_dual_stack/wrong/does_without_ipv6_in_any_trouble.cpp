// Mistake: serves IPv4 alone whenever IPv6 fails
// Caught by: Robust.ServesBothOrTellsWhichCallFailed
// Says: bob is connected
#include "25_dual_stack/rest.h"

namespace kata {

bool is_without_ipv6(int /*error*/) { return true; }

} // namespace kata
