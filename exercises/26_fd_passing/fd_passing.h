#pragma once

#include "01_socket/socket.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <sys/socket.h>

namespace kata {

// A stream listener on a Unix socket, close-on-exec and blocking. `name` is a path, of at most 107 bytes; or, when it begins with
// a zero byte, an abstract name, of at most 108 bytes, each of which counts (unix(7), "Address format").
//
// A socket file that a dead server left behind is replaced. But whoever lives there keeps it, also when its queue is full, or
// when it is no stream: EADDRINUSE. A file that is no socket stays as well: EADDRINUSE. To find out, it may connect, and never
// waits for that. A server between its bind() and its listen() looks dead, so servers that may start at once need a lock file,
// too.
//
// Throws std::system_error with ENAMETOOLONG, with EINVAL for an empty name or a path that holds a zero byte, else with the
// errno of the call that failed. Nothing is left open then, and the next try can succeed.
//
//   UniqueFd listener = unix_listen("/run/echo.sock");
UniqueFd unix_listen(std::string_view name);

// Who is at the other end of the Unix socket `fd`: process, user and group, as the kernel noted them when it connected. Throws
// std::system_error with ENOTCONN when there is no such peer (not connected, or TCP: there the kernel names user -1; a listener:
// there it names you), else with errno.
ucred peer_credentials(int fd);

// Passes `fd`, of any kind, to the process at the other end of the blocking Unix stream socket `wire`, together with one byte,
// the `tag`. From then on the message owns it: it is closed here, `fd` owns nothing, and it lives on even if nobody has taken it
// yet.
//
// A signal is no error, and there is no SIGPIPE. Waits while the wire is full, but no longer than the caller's SO_SNDTIMEO, which
// may begin again behind a signal.
// Throws std::system_error with errno when it was not sent (EPIPE, EBADF; EAGAIN: that time is over...); `fd` then still owns it.
//
//   send_fd(wire, std::move(client), std::byte{'c'});
void send_fd(int wire, UniqueFd&& fd, std::byte tag);

// What send_fd() passes.
struct Passed {
    UniqueFd fd; // a number of this process, close-on-exec from its first moment
    std::byte tag{};
};

// Takes the next one from `wire`, and waits for it, asleep, for as long as it takes. Takes one byte and what travels with it:
// whatever follows is the caller's. nullopt at the end of the stream. A signal is no error. Other control messages (SO_PASSCRED,
// SO_PASSPIDFD; up to 256 bytes) do not matter; a descriptor that comes in one (SCM_PIDFD) is closed.
//
// Throws std::system_error with EBADMSG when the byte came without a descriptor, with several, or with fewer than were sent
// (recvmsg(2), MSG_CTRUNC): then all that came are closed, and the next one can be taken. Else with errno. Does not close `wire`.
std::optional<Passed> recv_fd(int wire);

} // namespace kata
