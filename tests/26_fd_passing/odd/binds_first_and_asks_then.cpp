// Odd: binds first, and asks who lives there only when the name is taken
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd unix_listen(std::string_view text)
{
    const Endpoint name = name_of(text);
    const std::string path{text};
    UniqueFd fd = open_socket(AF_UNIX, SOCK_STREAM);
    if (::bind(fd.get(), name.address(), name.size) < 0) {
        const int error = errno;
        if (error != EADDRINUSE || !is_socket_file(path.c_str()) || !is_refused(name))
            fail(error, "bind");
        if (::unlink(path.c_str()) < 0 || ::bind(fd.get(), name.address(), name.size) < 0)
            fail(errno, "bind");
    }
    if (::listen(fd.get(), SOMAXCONN) < 0)
        fail(errno, "listen");
    return fd;
}

} // namespace kata
