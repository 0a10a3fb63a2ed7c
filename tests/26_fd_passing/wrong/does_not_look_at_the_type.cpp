// Mistake: removes what refuses a connect(), also a file that is no socket
// Caught by: Hostile.LeavesAFileThatIsNoSocketAlone
// Says: std::system_error with EADDRINUSE
#include "26_fd_passing/rest.h"

namespace kata {

bool is_socket_file(const char* path)
{
    struct stat file {};
    return ::lstat(path, &file) == 0;
}

} // namespace kata
