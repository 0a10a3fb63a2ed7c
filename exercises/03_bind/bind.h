#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

namespace kata {

// A TCP socket that has its local address and nothing more: it does not listen yet.
struct Bound {
    UniqueFd fd;    // close-on-exec
    Endpoint local; // the address that it really has: port 0 in, the kernel's choice out
};

// Steps 1 and 2 of a server: socket(2) and bind(2). The socket gets exactly the address `where`, IPv4 or IPv6.
//
// The port may be one that this server left a moment ago: connections of its last life, in TIME_WAIT or still open, do not
// stand in the way (socket(7), SO_REUSEADDR). But a port on which somebody listens is taken, whoever it is.
//
// Throws std::system_error with the errno of the call that failed, at once: EADDRINUSE when the port is taken, EADDRNOTAVAIL for
// an address that is not this machine's, EMFILE... Then nothing is left open, so that a caller may try again as often as it
// likes.
//
//   Bound server = bind_tcp(parse_endpoint("127.0.0.1:0"));   // server.local.port() != 0
Bound bind_tcp(const Endpoint& where);

} // namespace kata
