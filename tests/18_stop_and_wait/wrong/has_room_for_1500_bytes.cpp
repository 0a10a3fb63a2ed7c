// Mistake: has room for an Ethernet frame, whatever the size of a block
// Caught by: Works.TakesTheLargestBlocks
// Says: rdt_recv: no new block
#include "18_stop_and_wait/rest.h"

namespace kata {

Inbox::Inbox(int fd, std::size_t block) : fd_{fd}, room_(std::min<std::size_t>(1500, rdt_header + block)) {}

} // namespace kata
