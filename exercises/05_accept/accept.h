#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

#include <optional>

namespace kata {

// One client, taken from the queue.
struct Accepted {
    UniqueFd fd;   // blocking; the listener's options, SO_RCVTIMEO, too; close-on-exec at once (accept4(2), SOCK_CLOEXEC)
    Endpoint peer; // where it connects from; known even if it has left by now
};

// Step 4 of a server: takes the connection that has waited longest from the queue of the TCP listener `listen_fd`, and sleeps
// while nobody waits. It returns nullopt in one case only: nobody came in the time for which the listener waits. That is none
// for a non-blocking one, SO_RCVTIMEO where the caller has set it (socket(7)), and for ever for any other.
//
// EINTR and the errors of a connection that died before you had it are tried again (accept(2), "Error handling"). A client that
// reset in the queue is not one of them: Linux still hands it over, and so does this function. What it had sent can be read;
// the error comes after that, from recv.
//
// Throws std::system_error with any other errno: EMFILE, ENFILE, ENOBUFS, ENOMEM (the client stays in the queue), EPERM, EACCES
// (a rule of this machine forbids the call, the next one as well), EINVAL (not a listener)... Neither closes nor changes
// `listen_fd`, not for a while either, and keeps no descriptor of its own.
//
//   if (std::optional<Accepted> client = accept_one(listen_fd))
//       serve(std::move(client->fd), to_string(client->peer));
std::optional<Accepted> accept_one(int listen_fd);

} // namespace kata
