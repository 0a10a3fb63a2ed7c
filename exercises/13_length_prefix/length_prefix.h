#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kata {

// A frame on the wire: the size of the payload as four bytes, most significant first, then the payload. The size does not count
// its own four bytes; it may be 0. Both functions work on a blocking, connected stream socket, TCP or Unix, which they do not
// close.

// Sends one frame. Size and payload of a small frame, at most 1024 bytes of payload, leave in one segment: in two, the second
// waits for the receiver's delayed acknowledgement (tcp(7), TCP_NODELAY). Nothing is held back for a next frame, also where the
// payload is empty. Throws std::system_error with errno; a peer that is gone is EPIPE or ECONNRESET, never a signal. Throws
// std::length_error, and sends nothing, when the payload has more than 0xFFFFFFFF bytes.
void write_frame(int fd, std::span<const std::byte> payload);

// Receives one frame, however long it takes to come, and takes not a byte of the next from the socket. std::nullopt: the stream
// ended between two frames. Throws std::length_error when the size is above `max`, before it reserves memory for it
// (0xFFFFFFFF: no limit); std::system_error with the errno of recv(2), also EAGAIN, when the caller has set SO_RCVTIMEO and
// nothing came in that time; and a std::runtime_error that is no std::system_error when the stream ends inside a frame: no call
// has failed then. After any of them the connection is of no more use.
//
//   while (auto request = read_frame(fd, 65536))
//       write_frame(fd, answer_to(*request));
std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max);

} // namespace kata
