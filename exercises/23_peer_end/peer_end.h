#pragma once

#include "01_socket/socket.h"

namespace kata {

// What has become of the peer's end of a connection, as far as this kernel has heard. `open` says only that no end has come: of a
// peer that hangs, or whose cable is out, nothing comes.
enum class PeerEnd {
    open,          // no end has come; bytes may wait to be read
    fin,           // the peer has ended its stream, and no byte is left to read
    fin_with_data, // the same, and bytes that came before the end wait to be read
    reset, // the connection broke off, whatever had come before: bytes may wait, and even the end of the stream may have come
};

// Looks at the connected TCP socket `fd`, blocking or not, whose own stream may have ended (SHUT_WR). Returns at once, and the
// peer notices nothing. Takes nothing: the next recv(2) gives the bytes, the end or the error that it would have given without
// this call, and `fd` has the mode and the options that it had. Urgent data (MSG_OOB) and the error queue
// (MSG_ERRQUEUE) are not used on it.
//
// The kernel tells the error of a broken connection once, to whoever comes first: recv(2), send(2), SO_ERROR. From then on
// recv(2) gives 0 behind the last byte, and this function says the same: fin_with_data, or fin. Both a peer that closed and one
// that only finished writing are `fin`: which of them it is shows when something is sent.
//
// A signal is no error. Throws std::system_error with errno: EBADF when `fd` is no open descriptor, -1 too.
//
//   if (probe_peer(kept.get()) != PeerEnd::open)
//       kept = connect_again();   // a pool asks this before it uses an idle connection
PeerEnd probe_peer(int fd);

// Breaks the connection off, at once. The peer gets RST, also where its stream or yours has ended, and no end of the stream that
// was not sent before; what was not sent yet, or not read yet, is lost; and no TIME_WAIT stays here (socket(7), SO_LINGER; RFC
// 9293 section 3.10.5). A connection that is over already is no error. `fd` is the last descriptor of this connection; it is
// closed, once, on every path.
//
// Throws std::system_error with errno when the kernel does not let it: then the peer may have got an ordinary end.
//
//   abort_connection(std::move(client));   // it did not keep to the protocol
void abort_connection(UniqueFd fd);

} // namespace kata
