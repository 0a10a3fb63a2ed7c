#include "17_udp_reply_source/udp_reply_source.h"

#include "kata.h"

namespace kata {

void enable_pktinfo(int /*fd*/) { not_written(); }

Datagram recv_datagram(int /*fd*/, std::size_t /*cap*/) { not_written(); }

void reply_from(int /*fd*/, in_addr /*local*/, const Endpoint& /*to*/, std::span<const std::byte> /*data*/) { not_written(); }

} // namespace kata
