// Mistake: takes blocks of any size
// Caught by: Robust.PassesOverBlocksThatTheProtocolDoesNotHave
// Says: ACK 0
#include "18_stop_and_wait/rest.h"

namespace kata {

Inbox::Inbox(int fd, std::size_t /*block*/) : fd_{fd}, room_(65536) {}

} // namespace kata
