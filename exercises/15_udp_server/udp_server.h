#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

#include <cstddef>
#include <span>

namespace kata {

// Steps 1 and 2 of a server, and UDP has no more of them: a blocking datagram socket, bound to `where`, close-on-exec. One socket
// serves everybody, so there is no listen(2) and no accept(2). The address is its alone: where another UDP socket is bound it is
// EADDRINUSE; a TCP server on the same port number does not matter. Throws std::system_error with errno, and nothing leaks.
//
//   UniqueFd server = udp_bind(parse_endpoint("127.0.0.1:0"));   // local_endpoint(server.get()) tells the port
UniqueFd udp_bind(const Endpoint& where);

// A datagram that came, and what became of it.
struct Received {
    Endpoint from;        // its sender
    std::size_t size = 0; // bytes that its sender sent: more than scratch.size() when it did not fit
    bool echoed = false;  // it was sent back; a promise that it arrives is not possible
};

// Waits until a datagram comes to the blocking socket `fd`, and sends it back to its sender as it was: one datagram for one,
// empty ones too (recv(2), RETURN VALUE). `scratch` then begins with its bytes. One that is larger than `scratch` is cut by the
// kernel (recv(2), MSG_TRUNC): it is taken and reported, and not answered. While it waits it sleeps, for as long as it takes: no
// CPU, no fixed pauses, no limit of its own.
//
// A signal is no error. The ECONNREFUSED that an earlier answer left behind (its receiver is gone; udp(7), "Error handling") has
// nothing to do with this datagram, which is waited for and answered all the same. An answer that cannot be sent for a reason of
// its own is lost like any datagram: `echoed` is false, whatever the errno. Throws std::system_error with errno when the socket
// cannot receive (EBADF, ENOTSOCK, ENOMEM). Does not close `fd`.
//
//   std::array<std::byte, 2048> scratch;
//   for (;;)
//       udp_echo_once(server.get(), scratch);
Received udp_echo_once(int fd, std::span<std::byte> scratch);

} // namespace kata
