// Mistake: ends the connection with shutdown() when it takes another descriptor
// Caught by: Robust.EndsTheDescriptorAndNotTheConnection
// Says: still here
#include "01_socket/socket.h"

#include <sys/socket.h>

namespace kata {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this != &other && fd_ >= 0)
        ::shutdown(fd_, SHUT_WR);
    reset(other.release());
    return *this;
}

} // namespace kata
