// Mistake: rounds the rest of a try down to microseconds for SO_RCVTIMEO, where 0 means "for ever"
// Caught by: Robust.ItsLastMicrosecondIsNotEndless
// Says: stuck: asleep in recv(
#include "16_udp_client/rest.h"

#include <algorithm>
#include <sys/time.h>

namespace kata {

namespace {

Bytes receive_within(Clock::duration left, int fd)
{
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(left).count();
    const timeval limit{us / 1'000'000, us % 1'000'000};
    if (::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    Bytes room(65535);
    const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "recv"};
    room.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
    return room;
}

} // namespace

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const auto id = in_bytes(++last_id_);
    Bytes request(id.size() + question.size());
    std::copy(question.begin(), question.end(), std::copy(id.begin(), id.end(), request.begin()));
    for (int i = 0; i < tries; ++i) {
        transmit(socket_.get(), request);
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        for (Clock::duration left; (left = end - Clock::now()).count() > 0;)
            if (const Bytes datagram = receive_within(left, socket_.get()); answers(datagram, request))
                return Bytes{datagram.begin() + 4, datagram.end()};
    }
    return std::nullopt;
}

} // namespace kata
