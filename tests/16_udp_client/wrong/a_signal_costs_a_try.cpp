// Mistake: counts a send that a signal broke off as a try: one datagram less goes out, and its time is lost
// Caught by: Robust.ASignalIsNoAnswer
// Says: it gave up after 0 ms
#include "16_udp_client/rest.h"

namespace kata {

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const auto id = in_bytes(++last_id_);
    Bytes request{id.begin(), id.end()};
    request.insert(request.end(), question.begin(), question.end());
    for (int i = 0; i < tries; ++i) {
        if (::send(socket_.get(), request.data(), request.size(), 0) < 0) {
            if (errno == EINTR)
                continue;
            throw std::system_error{errno, std::generic_category(), "send"};
        }
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (is_readable_before(end, socket_.get()))
            if (const Bytes datagram = receive(socket_.get()); answers(datagram, request))
                return Bytes{datagram.begin() + 4, datagram.end()};
    }
    return std::nullopt;
}

} // namespace kata
