// Mistake: binds first, and takes an abstract name that refuses for an old file
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: ENOENT
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd unix_listen(std::string_view text)
{
    const Endpoint name = name_of(text);
    const std::string path{text};
    UniqueFd fd = open_socket(AF_UNIX, SOCK_STREAM);
    if (::bind(fd.get(), name.address(), name.size) < 0) {
        const int error = errno;
        struct stat file {};
        const bool is_other = ::lstat(path.c_str(), &file) == 0 && !S_ISSOCK(file.st_mode);
        if (error != EADDRINUSE || is_other || !is_refused(name))
            fail(error, "bind");
        if (::unlink(path.c_str()) < 0)
            fail(errno, "unlink");
        if (::bind(fd.get(), name.address(), name.size) < 0)
            fail(errno, "bind");
    }
    if (::listen(fd.get(), SOMAXCONN) < 0)
        fail(errno, "listen");
    return fd;
}

} // namespace kata
