// Mistake: closes: that sends FIN
// Caught by: Works.HangsUpWithAReset
// Says: ann receives a reset (RST)
#include "23_peer_end/peer_end.h"

namespace kata {

void abort_connection(UniqueFd /*fd*/) {}

} // namespace kata
