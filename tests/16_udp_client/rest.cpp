// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "16_udp_client/rest.h"

#include <algorithm>
#include <random>

namespace kata {

[[gnu::weak]] void transmit(int fd, const Bytes& request)
{
    ssize_t n = -1;
    do
        n = ::send(fd, request.data(), request.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "send"};
}

[[gnu::weak]] bool is_readable_before(Clock::time_point end, int fd)
{
    using std::chrono::ceil, std::chrono::milliseconds;
    for (milliseconds left{}; (left = ceil<milliseconds>(end - Clock::now())).count() > 0;) {
        pollfd wanted{fd, POLLIN, 0};
        const int n = ::poll(&wanted, 1, static_cast<int>(left.count()));
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (n > 0)
            return true;
    }
    return false;
}

[[gnu::weak]] Bytes receive(int fd)
{
    Bytes room(65535);
    const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "recv"};
    room.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
    return room;
}

[[gnu::weak]] bool answers(const Bytes& datagram, const Bytes& request)
{
    return datagram.size() >= 4 && std::equal(request.begin(), request.begin() + 4, datagram.begin());
}

[[gnu::weak]] UdpClient::UdpClient(const Endpoint& server)
    : socket_{open_socket(server.family(), SOCK_DGRAM)},
      last_id_{std::random_device{}()}
{
    if (::connect(socket_.get(), server.address(), server.size) < 0)
        throw std::system_error{errno, std::generic_category(), "connect"};
}

[[gnu::weak]] std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const auto id = in_bytes(++last_id_);
    Bytes request(id.size() + question.size());
    std::copy(question.begin(), question.end(), std::copy(id.begin(), id.end(), request.begin()));
    for (int i = 0; i < tries; ++i) {
        transmit(socket_.get(), request);
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (is_readable_before(end, socket_.get()))
            if (const Bytes datagram = receive(socket_.get()); answers(datagram, request))
                return Bytes{datagram.begin() + 4, datagram.end()};
    }
    return std::nullopt;
}

} // namespace kata
