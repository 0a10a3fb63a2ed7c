#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

namespace kata {

// Connects by TCP to `to`, and returns the socket: connected, blocking, close-on-exec, ready for a caller who knows nothing of
// how it was made. One attempt; the server never sees two.
//
// `limit_ms` is for the whole call, in milliseconds by a clock that nobody sets, and no signal begins it anew. When it is over,
// the attempt is given up and std::system_error with ETIMEDOUT is thrown: not before, and at most a millisecond later. With 0
// or less, it looks how the attempt stands, and does not wait. What ends earlier, well or badly, is told at once. Signals
// and timers of the process are the caller's, and stay as they are.
//
// Throws std::system_error with the errno of the attempt: ECONNREFUSED, ENETUNREACH... After EINPROGRESS the attempt goes on
// without the call, and only SO_ERROR says how it ended, once (connect(2), EINPROGRESS; socket(7), SO_ERROR). Where nobody
// listens, the kernel may choose for your own end the very port that you call; then the connection is one with itself (RFC 9293
// section 3.5, simultaneous open), and that is ECONNREFUSED, too. Nothing leaks on any path.
//
//   UniqueFd server = connect_with_timeout(parse_endpoint("127.0.0.1:8080"), 3000);
UniqueFd connect_with_timeout(const Endpoint& to, int limit_ms);

} // namespace kata
