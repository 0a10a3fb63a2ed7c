#pragma once

#include <sys/socket.h>

namespace kata {

// Step 3 of a server: makes a listener of the bound socket. From here on the kernel completes handshakes by itself, and keeps
// each finished connection in the accept queue until accept(2) takes it. `backlog` limits that queue: not the number of
// clients, and not the half-open connections (listen(2), NOTES). Linux admits backlog + 1; 0 is legal, and admits one.
// Throws std::system_error with errno. Does not close `bound_fd`.
void listen_on(int bound_fd, int backlog = SOMAXCONN);

} // namespace kata
