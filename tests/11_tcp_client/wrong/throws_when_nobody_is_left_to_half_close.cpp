// Mistake: throws when the peer has reset before the half-close
// Caught by: Hostile.MayFindNobodyToHalfClose
// Says: threw std::system_error: shutdown: Transport endpoint is not connected
#include "11_tcp_client/rest.h"

namespace kata {

void half_close(int fd)
{
    if (::shutdown(fd, SHUT_WR) < 0)
        fail("shutdown");
}

} // namespace kata
