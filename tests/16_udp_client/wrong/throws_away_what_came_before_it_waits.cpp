// Mistake: empties the socket behind each send: whatever stands there by then is old
// Caught by: Robust.TakesALateAnswerBehindTheNextTry
// Says: "(no answer)"
#include "16_udp_client/udp_client.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

// Until something can be read; false when the time is over.
bool wait_for_datagram(int fd, Clock::time_point end)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd p{fd, POLLIN, 0};
        const int n = left <= 0 ? 0 : ::poll(&p, 1, static_cast<int>(left));
        if (n >= 0)
            return n > 0;
        if (errno != EINTR)
            fail("poll");
    }
}

// What stands there; empty when nothing does.
std::span<const std::byte> receive(int fd, std::span<std::byte> room)
{
    const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    return room.first(n < 0 ? 0 : static_cast<std::size_t>(n));
}

} // namespace

UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}
{
    if (::connect(socket_.get(), server.address(), server.size) < 0)
        fail("connect");
}

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    std::vector<std::byte> room(65536), request(sizeof last_id_);
    ++last_id_;
    std::memcpy(request.data(), &last_id_, sizeof last_id_);
    request.insert(request.end(), question.begin(), question.end());
    for (int i = 0; i < tries; ++i) {
        while (::send(socket_.get(), request.data(), request.size(), 0) < 0)
            if (errno != EINTR)
                fail("send");
        const auto end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (!receive(socket_.get(), room).empty()) {
        }
        while (wait_for_datagram(socket_.get(), end)) {
            const auto datagram = receive(socket_.get(), room);
            if (datagram.size() >= sizeof last_id_ && std::memcmp(datagram.data(), &last_id_, sizeof last_id_) == 0)
                return std::vector<std::byte>{datagram.begin() + sizeof last_id_, datagram.end()};
        }
    }
    return std::nullopt;
}

} // namespace kata
