// Mistake: multiplies the milliseconds in an int
// Caught by: Robust.TakesAnyTime
// Says: (no answer)
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

// -1: a signal came, or nothing is there yet.
ssize_t checked(ssize_t result, const char* call)
{
    if (result < 0 && errno != EINTR && errno != EAGAIN)
        throw std::system_error{errno, std::generic_category(), call};
    return result;
}

} // namespace

UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}
{
    checked(::connect(socket_.get(), server.address(), server.size), "connect");
}

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const int fd = socket_.get();
    const std::uint32_t id = ++last_id_;
    std::vector<std::byte> request(4 + question.size()), room(65536);
    std::memcpy(request.data(), &id, 4);
    std::copy(question.begin(), question.end(), request.begin() + 4);
    for (int i = 0; i < tries; ++i) {
        while (checked(::send(fd, request.data(), request.size(), 0), "send") < 0)
            continue;
        const auto end = Clock::now() + std::chrono::microseconds{static_cast<int>(static_cast<unsigned>(per_try_ms) * 1000u)};
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
            if (left <= 0)
                break;
            pollfd p{fd, POLLIN, 0};
            if (checked(::poll(&p, 1, static_cast<int>(left)), "poll") <= 0)
                continue;
            const ssize_t n = checked(::recv(fd, room.data(), room.size(), MSG_DONTWAIT), "recv");
            if (n >= 4 && std::memcmp(room.data(), request.data(), 4) == 0)
                return std::vector<std::byte>{room.begin() + 4, room.begin() + n};
        }
    }
    return std::nullopt;
}

} // namespace kata
