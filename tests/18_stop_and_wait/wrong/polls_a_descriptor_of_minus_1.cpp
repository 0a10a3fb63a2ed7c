// Mistake: lets poll() wait for a descriptor of -1
// Caught by: Robust.ThrowsWhatWillNotPass
// Says: it took 1000 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

Inbox::Inbox(int fd, std::size_t block) : fd_{fd}, room_(rdt_header + block) {}

} // namespace kata
