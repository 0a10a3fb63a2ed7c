#include "15_udp_server/udp_server.h"

#include "kata.h"

namespace kata {

UniqueFd udp_bind(const Endpoint& /*where*/) { not_written(); }

Received udp_echo_once(int /*fd*/, std::span<std::byte> /*scratch*/) { not_written(); }

} // namespace kata
