// Mistake: reads a thousand datagrams in a try at most, lest a flood keeps it: then that try is over
// Caught by: Hostile.ThrowsAwayAnyNumber
// Says: came      the datagram
#include "16_udp_client/rest.h"

#include <algorithm>

namespace kata {

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const auto id = in_bytes(++last_id_);
    Bytes request(id.size() + question.size());
    std::copy(question.begin(), question.end(), std::copy(id.begin(), id.end(), request.begin()));
    for (int i = 0; i < tries; ++i) {
        transmit(socket_.get(), request);
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        for (int looks = 0; looks < 1000 && is_readable_before(end, socket_.get()); ++looks)
            if (const Bytes datagram = receive(socket_.get()); answers(datagram, request))
                return Bytes{datagram.begin() + 4, datagram.end()};
    }
    return std::nullopt;
}

} // namespace kata
