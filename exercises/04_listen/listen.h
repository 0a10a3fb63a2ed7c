#pragma once

#include <sys/socket.h>

namespace kata {

// Step 3 of a server: makes a listener of the bound stream socket, and returns at once. From here on the kernel completes
// handshakes by itself, and keeps each finished connection in the accept queue until accept(2) takes it.
//
// `backlog` limits that queue: not the number of clients, and not the half-open connections (listen(2), NOTES). Linux admits
// backlog + 1; 0 is legal, and admits one. The kernel cuts a large number to net.core.somaxconn, and on Linux a negative one is
// a large one: neither is an error. On a socket that listens already, the new limit takes the place of the old one, and who
// waits in the queue stays there.
//
// Throws std::system_error with the errno of listen(2), at once: EADDRINUSE when another socket listens there, EOPNOTSUPP when
// it is no stream, EBADF. In every case the socket stays the caller's, open, with the flags and options that it had.
//
//   listen_on(server.fd.get());   // from now on, connect(2) succeeds
void listen_on(int bound_fd, int backlog = SOMAXCONN);

} // namespace kata
