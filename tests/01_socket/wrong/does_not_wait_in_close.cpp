// Mistake: makes the file non-blocking before it closes its descriptor
// Caught by: Robust.EndsTheDescriptorAndNotTheConnection
// Says: the copy has the flags and options
#include "01_socket/socket.h"

#include <fcntl.h>

namespace kata {

UniqueFd::~UniqueFd()
{
    if (fd_ >= 0)
        ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    reset();
}

} // namespace kata
