// Mistake: cuts the flags off the type, and sets its own
// Caught by: Works.OpensTheSocketThatWasAskedFor
// Says: SOCK_STREAM | SOCK_NONBLOCK does not block
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

UniqueFd open_socket(int family, int type)
{
    constexpr int kinds = 0xF; // cuts off what is or-ed in
    UniqueFd fd{::socket(family, (type & kinds) | SOCK_CLOEXEC, 0)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "socket"};
    return fd;
}

} // namespace kata
