#include "22_connect_timeout/connect_timeout.h"

#include "kata.h"

namespace kata {

UniqueFd connect_with_timeout(const Endpoint& /*to*/, int /*limit_ms*/) { not_written(); }

} // namespace kata
