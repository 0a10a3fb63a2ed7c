#pragma once

#include "01_socket/socket.h"

namespace kata {

enum class CloseResult {
    clean,      // the peer ended its stream as well
    peer_reset, // the connection was reset, during the call or before it: the peer may lack the end of what you sent
    timed_out,  // neither came within the limit: likewise. What is not sent yet still goes out, unless the peer sends more
};

// Step 7 of a server: ends the conversation on the connected TCP socket `fd`, blocking or not, not shut down before, and without
// SO_LINGER, so that the peer can read all that was sent on it. Sends FIN behind the last byte (shutdown(2), SHUT_WR), then reads
// and throws away what the peer still sends until the peer ends its stream, then closes. A plain close(2) while bytes are unread
// (an urgent one, too), or before they come, sends RST, and what the peer has not got by then is lost (RFC 9293 section 3.6.1).
//
// `limit_ms` is for the whole call, in milliseconds by a clock that nobody sets, whatever the peer or a signal does meanwhile,
// and however much there is to read: the clock is asked between two reads. Until it is over, it returns only with an answer:
// clean or peer_reset. While it waits it sleeps for an event: no CPU, no fixed pauses; a signal that the caller has blocked stays
// blocked. With 0 or less it does not wait, but reads once: an end or a reset that has come is told; one that stands behind
// unread bytes may be missed. (An int, as in poll(2): <chrono> in this header would double the time that you wait for your
// compiler. In your own file use what you like.)
//
// Throws std::system_error with errno when something else fails: also ETIMEDOUT, with which the kernel gives a peer up
// (tcp(7)). `fd` is closed, once, on every path.
//
//   if (graceful_close(std::move(client), 2000) != CloseResult::clean) ...   // it may not have read the whole answer
CloseResult graceful_close(UniqueFd fd, int limit_ms);

} // namespace kata
