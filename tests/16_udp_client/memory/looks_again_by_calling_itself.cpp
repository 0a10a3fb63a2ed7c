// Mistake: passes over what is no answer by calling itself, a signal too: one more frame on the stack for each
// Caught by: Robust.WaitsOnAfterAnyNumberOfSignals
// Says: AddressSanitizer: stack-overflow
#include "16_udp_client/rest.h"

#include <algorithm>

namespace kata {

namespace {

std::optional<Bytes> wait_for(Clock::time_point end, int fd, const Bytes& request)
{
    if (!is_readable_before(end, fd))
        return std::nullopt;
    Bytes datagram = receive(fd);
    datagram.shrink_to_fit();
    if (answers(datagram, request))
        return Bytes{datagram.begin() + 4, datagram.end()};
    return wait_for(end, fd, request);
}

} // namespace

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const auto id = in_bytes(++last_id_);
    Bytes request(id.size() + question.size());
    std::copy(question.begin(), question.end(), std::copy(id.begin(), id.end(), request.begin()));
    for (int i = 0; i < tries; ++i) {
        transmit(socket_.get(), request);
        if (auto answer = wait_for(Clock::now() + std::chrono::milliseconds{per_try_ms}, socket_.get(), request))
            return answer;
    }
    return std::nullopt;
}

} // namespace kata
