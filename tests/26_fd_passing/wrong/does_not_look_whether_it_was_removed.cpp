// Mistake: does not look at what unlink(2) says, and tells that somebody lives there
// Caught by: Robust.TellsThatItMayNotRemoveTheFile
// Says: EADDRINUSE
#include "26_fd_passing/rest.h"

namespace kata {

void makes_room(const char* path, const Endpoint& name)
{
    if (is_socket_file(path) && is_refused(name))
        ::unlink(path);
}

} // namespace kata
