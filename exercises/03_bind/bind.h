#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

namespace kata {

// A TCP socket that has its local address and nothing more: it does not listen yet.
struct Bound {
    UniqueFd fd;    // close-on-exec
    Endpoint local; // the address that it really has: port 0 in, the kernel's choice out
};

// Steps 1 and 2 of a server: socket(2) and bind(2). The port may be one that this server left a moment ago: connections of its
// last life that are still in TIME_WAIT do not stand in the way (socket(7), SO_REUSEADDR). A port on which somebody listens
// is EADDRINUSE, an address of another machine EADDRNOTAVAIL: both throw std::system_error, and nothing leaks.
//
//   Bound server = bind_tcp(parse_endpoint("127.0.0.1:0"));   // server.local.port() != 0
Bound bind_tcp(const Endpoint& where);

} // namespace kata
