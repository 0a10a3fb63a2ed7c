// Mistake: leaves the file of a dead server where it is
// Caught by: Robust.TakesThePlaceOfADeadServer
// Says: bind: Address already in use
#include "26_fd_passing/rest.h"

namespace kata {

void makes_room(const char* /*path*/, const Endpoint& /*name*/) {}

} // namespace kata
