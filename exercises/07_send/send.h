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
// that is gone is such an error, and never a SIGPIPE: ECONNRESET, once, when it has reset the connection; EPIPE after that, and
// when it had ended its stream before it did so. A signal, a short count or a full buffer is none.
//
// `fd` stays open, in its mode (fcntl(2), O_NONBLOCK) and with its SO_SNDTIMEO, after a throw, too. What the process does on a
// signal stays as it was, also during the call: handlers run, what the caller has blocked stays blocked. All that belongs to the
// caller. It needs no other descriptor, and so works at the limit of them, too (EMFILE); nothing else stays open. Several threads
// may send at once, each on a socket of its own.
//
//   send_all(fd, std::as_bytes(std::span{"ping", 4}));
void send_all(int fd, std::span<const std::byte> bytes);

} // namespace kata
