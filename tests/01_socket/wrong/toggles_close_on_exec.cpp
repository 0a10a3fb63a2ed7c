// Mistake: toggles SOCK_CLOEXEC with ^: a caller who asks for it does not get it
// Caught by: Works.OpensTheSocketThatWasAskedFor
// Says: exec
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    UniqueFd fd{::socket(family, type ^ SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
