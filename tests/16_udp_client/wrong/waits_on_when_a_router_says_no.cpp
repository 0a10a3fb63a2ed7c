// Mistake: passes over what comes from a router, and waits on: knows two errors that end a try
// Caught by: Robust.ThrowsWhatKeepsItFromReading
// Says: expected  std::system_error with ENOPROTOOPT
#include "16_udp_client/rest.h"

namespace kata {

Bytes receive(int fd)
{
    Bytes room(65535);
    const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
    if (n < 0 && (errno == ECONNREFUSED || errno == EHOSTUNREACH || errno == ENOMEM))
        throw std::system_error{errno, std::generic_category(), "recv"};
    room.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
    return room;
}

} // namespace kata
