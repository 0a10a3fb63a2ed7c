// Odd: waits in select(), which has the rest of the time in microseconds; in poll() where the descriptor is too high for that
#include "16_udp_client/udp_client.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t id_size = 4;

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

std::vector<std::byte> with_id(std::uint32_t id, std::span<const std::byte> question)
{
    std::vector<std::byte> request(id_size + question.size());
    std::memcpy(request.data(), &id, id_size);
    std::copy(question.begin(), question.end(), request.begin() + id_size);
    return request;
}

void send_request(int fd, std::span<const std::byte> request)
{
    while (::send(fd, request.data(), request.size(), 0) < 0)
        if (errno != EINTR)
            fail("send");
}

// False when the time is over.
bool wait_for_datagram(int fd, Clock::time_point end)
{
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now()).count();
        if (left <= 0)
            return false;
        int n = -1;
        if (fd < FD_SETSIZE) {
            fd_set readable;
            FD_ZERO(&readable);
            FD_SET(fd, &readable);
            timeval limit{left / 1'000'000, left % 1'000'000};
            n = ::select(fd + 1, &readable, nullptr, nullptr, &limit);
        } else {
            const timespec limit{left / 1'000'000, left % 1'000'000 * 1000};
            pollfd readable{fd, POLLIN, 0};
            n = ::ppoll(&readable, 1, &limit, nullptr);
        }
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            fail("select");
    }
}

bool answers(std::span<const std::byte> datagram, std::span<const std::byte> request)
{
    return datagram.size() >= id_size && std::memcmp(datagram.data(), request.data(), id_size) == 0;
}

} // namespace

UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}
{
    if (::connect(socket_.get(), server.address(), server.size) < 0)
        fail("connect");
}

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const std::vector<std::byte> request = with_id(++last_id_, question);
    std::vector<std::byte> room(65536);
    for (int i = 0; i < tries; ++i) {
        send_request(socket_.get(), request);
        const auto end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (wait_for_datagram(socket_.get(), end)) {
            const ssize_t n = ::recv(socket_.get(), room.data(), room.size(), MSG_DONTWAIT);
            if (n < 0 && errno != EINTR && errno != EAGAIN)
                fail("recv");
            const auto datagram = std::span{room}.first(n < 0 ? 0 : static_cast<std::size_t>(n));
            if (answers(datagram, request))
                return std::vector<std::byte>{datagram.begin() + id_size, datagram.end()};
        }
    }
    return std::nullopt;
}

} // namespace kata
