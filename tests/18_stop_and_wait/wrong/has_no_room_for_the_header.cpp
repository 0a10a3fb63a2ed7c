// Mistake: receives into a buffer of the size of a block
// Caught by: Works.ReceivesOneBlockAfterTheOther
// Says: expected  bob receives ACK 0
#include "18_stop_and_wait/rest.h"

namespace kata {

Inbox::Inbox(int fd, std::size_t block) : fd_{fd}, room_(block) {}

} // namespace kata
