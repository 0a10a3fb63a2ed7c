// Mistake: takes shutdown(SHUT_RDWR) for an abort
// Caught by: Works.HangsUpOnAPeerThatHasFinished
// Says: ann receives a reset (RST)
#include "23_peer_end/peer_end.h"

#include <sys/socket.h>

namespace kata {

void abort_connection(UniqueFd fd) { ::shutdown(fd.get(), SHUT_RDWR); }

} // namespace kata
