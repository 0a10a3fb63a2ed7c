#pragma once

#include <cstddef>
#include <span>

namespace kata {

// Step 6 of a server: hands all of `bytes` to the connected stream socket `fd`, blocking or not, and waits as long as the peer
// takes: it has no limit, and SO_SNDTIMEO is none. While it waits it sleeps for an event: no CPU, no fixed pauses. Returning
// means that this kernel has them, not that the peer has read them (send(2), write(2) RETURN VALUE). No bytes at all: nothing is
// sent.
//
// Throws std::system_error with the errno that tells why it cannot go on; how much was taken before is then unknown. A peer
// that is gone is such an error (EPIPE, ECONNRESET), and never a SIGPIPE. A signal, a short count or a full buffer is none.
//
// `fd` stays open and in its mode (fcntl(2), O_NONBLOCK), and what the process does on a signal stays as it was: both belong
// to the caller. Nothing else stays open: no descriptor is kept for the next call.
//
//   send_all(fd, std::as_bytes(std::span{"ping", 4}));
void send_all(int fd, std::span<const std::byte> bytes);

} // namespace kata
