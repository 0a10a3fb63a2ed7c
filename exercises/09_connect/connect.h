#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

#include <span>
#include <string_view>

namespace kata {

// Connects by TCP to the first of `candidates` that answers, tried one after the other in their order, and returns the socket:
// connected, blocking, close-on-exec. Success says that the other kernel took the connection, not that a program has accepted it.
//
// An address that fails, for whatever reason, is a reason to try the next one: refused, unreachable, or of a family that this
// machine does not have (socket(2), EAFNOSUPPORT). Each attempt has a socket of its own, which is closed before the next
// attempt: after a failed connect() the state of a socket is unspecified (connect(2), NOTES). A signal is no failure: the
// attempt goes on without the call, so wait for its end, and do not begin a second one (connect(2), EINTR and EINPROGRESS). What
// the process does on a signal stays as it was, meanwhile, too: handlers run.
//
// When all fail, throws std::system_error with the errno of the last attempt, whichever call of it failed; an empty list throws
// std::invalid_argument. Waits for each as long as the kernel does, about two minutes for an address that never answers, and
// gives up on none before: time limits are the matter of 22_connect_timeout.
//
//   UniqueFd server = connect_any(std::array{parse_endpoint("[::1]:8080"), parse_endpoint("127.0.0.1:8080")});
UniqueFd connect_any(std::span<const Endpoint> candidates);

// The same for the addresses that getaddrinfo(3) knows for a name, in its order. `host` is a name or a numeric address
// ("::1", without brackets), `service` a port number or a name such as "http"; neither need end with a zero byte.
// An empty host is a name that nobody knows.
//
// A failed lookup is no system call that failed: it throws an exception of type std::runtime_error, or one derived from it,
// whose what() holds the text of gai_strerror(3). Only for EAI_SYSTEM it is std::system_error with errno. It is not repeated.
//
//   UniqueFd server = connect_to("localhost", "8080");
UniqueFd connect_to(std::string_view host, std::string_view service);

} // namespace kata
