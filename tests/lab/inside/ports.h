#pragma once

#include <sys/socket.h>

namespace lab {

// What bind(2) does with port 0, where the address is the wildcard of one family alone and the socket is TCP's: it takes a port,
// here one that the other family has free, too. The kernel looks for one family at a time, and what other runs left behind in
// TIME_WAIT would be this run's verdict; a test that wants the families to differ scripts that. False: nothing was done, the
// kernel's own choice will do. errno stays as it is.
bool takes_a_port_of_both_families(int fd, const sockaddr* address, socklen_t size);

} // namespace lab
