// Mistake: asks what a link leads to, and removes the link
// Caught by: Hostile.LeavesAFileThatIsNoSocketAlone
// Says: std::system_error with EADDRINUSE
#include "26_fd_passing/rest.h"

namespace kata {

bool is_socket_file(const char* path)
{
    struct stat file {};
    return ::stat(path, &file) == 0 && S_ISSOCK(file.st_mode);
}

} // namespace kata
