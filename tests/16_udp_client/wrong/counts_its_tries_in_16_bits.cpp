// Mistake: counts the tries in 16 bits: 65536 are none
// Caught by: Robust.TakesAnyTime
// Says: came      "(no answer)"
#include "16_udp_client/rest.h"

#include <algorithm>

namespace kata {

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const auto id = in_bytes(++last_id_);
    Bytes request(id.size() + question.size());
    std::copy(question.begin(), question.end(), std::copy(id.begin(), id.end(), request.begin()));
    for (auto left = static_cast<std::uint16_t>(tries); left > 0; --left) {
        transmit(socket_.get(), request);
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (is_readable_before(end, socket_.get()))
            if (const Bytes datagram = receive(socket_.get()); answers(datagram, request))
                return Bytes{datagram.begin() + 4, datagram.end()};
    }
    return std::nullopt;
}

} // namespace kata
