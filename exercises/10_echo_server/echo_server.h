#pragma once

#include "02_address/address.h"

namespace kata {

// All seven steps: serves TCP at `where`, one client after another, and sends each the bytes that it sent, in order and
// unchanged, until the client ends its stream; then ends its own and closes. What a client does (reset, silence, a stop in
// the middle) ends at most that client. Serves for ever; throws std::system_error only when it cannot serve at all: socket,
// bind or listen failed.
//
//   echo_server(parse_endpoint("127.0.0.1:8080"));
[[noreturn]] void echo_server(const Endpoint& where);

} // namespace kata
