#pragma once

#include "02_address/address.h"

namespace kata {

// All seven steps: serves TCP at `where`, IPv4 or IPv6, and at no other address. Serves one client after another: sends each the
// bytes that it sent, as they come, many with one call, in order and unchanged, until the client ends its stream; then ends its
// own and closes.
//
// What a client does (reset, silence, a stop in the middle), and an error of its connection, also one that accept(2) tells (its
// "Error handling"), ends at most that client, and nothing of it reaches the next. A client that says nothing, or never reads,
// may stay as long as it likes: there is no time limit. Meanwhile the server holds at most 1 MB of its bytes, the kernel keeps
// the others. While the server waits for a client it sleeps for an event: no CPU, no fixed pauses.
//
// Serves for ever. Throws std::system_error with errno only when it cannot serve at all: a call on the way to the listener
// failed (EADDRINUSE where somebody listens, another server of yours, too), or accept(2) speaks of neither a connection nor a
// shortage. Then nothing stays open. When accept(2) is short of descriptors or memory (EMFILE, ENFILE, ENOBUFS, ENOMEM), the
// client waits in the queue: the server sleeps for 1 to 100 milliseconds (a signal may end that early) and tries again, as often
// as it takes.
//
//   echo_server(parse_endpoint("127.0.0.1:8080"));
[[noreturn]] void echo_server(const Endpoint& where);

} // namespace kata
