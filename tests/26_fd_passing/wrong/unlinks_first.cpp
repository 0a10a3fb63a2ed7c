// Mistake: removes whatever has the name, and does not ask whether somebody lives there
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: std::system_error with EADDRINUSE
#include "26_fd_passing/rest.h"

namespace kata {

void makes_room(const char* path, const Endpoint& /*name*/) { ::unlink(path); }

} // namespace kata
