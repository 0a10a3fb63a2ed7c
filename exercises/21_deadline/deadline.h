#pragma once

#include <chrono>
#include <cstddef>
#include <span>

namespace kata {

// A point in time, not a length of time: several calls can share one, and nothing that happens on the way begins it anew. By a
// clock that nobody sets. (For this type <chrono> is worth its price: a point of the system clock does not even compile.)
using Deadline = std::chrono::steady_clock::time_point;

enum class IoStatus {
    ok,      // all came
    eof,     // the peer ended its stream before that
    reset,   // the peer broke the connection off before that (ECONNRESET)
    timeout, // the deadline came before that
};

struct IoResult {
    IoStatus status;
    std::size_t n; // so many bytes came, whatever the status; they stand at the beginning of the span
};

// Fills `out` from the stream socket `fd`, blocking or not, and takes not a byte more. After a timeout the next call can go on
// behind the `n` bytes: nothing is lost. An empty `out` is ok at once, and the socket is not asked.
//
// Waits until `deadline` at most, and gives up neither before it nor later than a millisecond after it, whatever the peer or a
// signal does: with a peer that sends without a pause, too, no call of recv(2) begins after the deadline but the last one. Any
// distance is fine, and Deadline::max() is no limit at all. If it is over before the call, one look still counts: what a single
// recv(2) takes without waiting.
//
// `fd` is not closed. Its number may be any, also above 1023; its flags and options are as they were when this returns or
// throws. Throws std::system_error with errno, at once, for all else that fails. EBADF is for what is no descriptor, -1 too;
// ETIMEDOUT is the kernel giving up a peer, not your deadline.
//
//   const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
//   if (recv_exactly_until(fd, header, deadline).status == IoStatus::ok)
//       IoResult body = recv_exactly_until(fd, rest, deadline);   // what is left of the same five seconds
IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline);

} // namespace kata
