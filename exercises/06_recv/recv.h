#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kata {

// Step 5 of a server, twice. `fd` is a blocking stream socket. Both sleep until enough has come, however long that takes: no CPU,
// no fixed pauses. They throw std::system_error with the errno of recv(2). ECONNRESET is such an error, and so is EAGAIN: the
// caller has set SO_RCVTIMEO, and nothing came in that time. What came before an error is lost. `fd` stays open and as it was,
// and what the caller has blocked of the signals stays blocked, also while they sleep. Several threads may call them at once,
// each with a socket of its own.

// Fills `out`, and returns how many bytes came: out.size(), or fewer if the peer ended its stream before that (0: it had nothing
// more to say). Bytes behind those stay in the socket. An empty `out` gives 0 at once.
//
//   std::array<std::byte, 16> header;
//   if (recv_exactly(fd, header) < header.size())
//       // the peer is done
std::size_t recv_exactly(int fd, std::span<std::byte> out);

// Everything up to the end of the stream, if that is at most `max` bytes, in however many pieces. Throws std::length_error as
// soon as one byte more has come; what was read is lost then, and more than 64 KiB beyond `max` are never read. `max` is only a
// limit, so SIZE_MAX means "no limit". Memory follows what came: room for at most 64 KiB is reserved for a few bytes.
//
//   std::vector<std::byte> reply = recv_until_eof(fd, 1 << 20);
std::vector<std::byte> recv_until_eof(int fd, std::size_t max);

} // namespace kata
