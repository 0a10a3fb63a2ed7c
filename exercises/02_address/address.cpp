#include "02_address/address.h"

#include "kata.h"

namespace kata {

std::uint16_t Endpoint::port() const { not_written(); }

Endpoint parse_endpoint(std::string_view /*text*/) { not_written(); }

std::string to_string(const Endpoint& /*endpoint*/) { not_written(); }

Endpoint local_endpoint(int /*fd*/) { not_written(); }

Endpoint peer_endpoint(int /*fd*/) { not_written(); }

} // namespace kata
