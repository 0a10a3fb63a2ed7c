// Mistake: gives close() a second to send what is left (SO_LINGER), also for whoever has a copy
// Caught by: Robust.EndsTheDescriptorAndNotTheConnection
// Says: the copy has the flags and options
#include "01_socket/socket.h"

#include <sys/socket.h>

namespace kata {

UniqueFd::~UniqueFd()
{
    const linger a_second{.l_onoff = 1, .l_linger = 1};
    if (fd_ >= 0)
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &a_second, sizeof a_second);
    reset();
}

} // namespace kata
