// Mistake: multiplies time and tries in an int, which cannot hold the product: the time is over before it begins
// Caught by: Robust.TakesAnyTime
// Says: signed integer overflow
#include "16_udp_client/udp_client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <random>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock; // nobody sets it, as the clock on the wall
using Id = std::array<std::byte, 4>;
using Bytes = std::vector<std::byte>;

constexpr std::size_t most = 65535; // more than any datagram has: RFC 768, Length, counts 16 bits. So none is cut

Id in_bytes(std::uint32_t number)
{
    Id id;
    std::memcpy(id.data(), &number, id.size()); // in any order: only we read it
    return id;
}

void send(int fd, std::span<const std::byte> datagram)
{
    ssize_t n = -1;
    do
        n = ::send(fd, datagram.data(), datagram.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) // there is no "some of it": a datagram goes whole or not at all
        throw std::system_error{errno, std::generic_category(), "send"};
}

// In poll()'s unit, and rounded up: rounded down, the last millisecond would be spent in a busy loop.
int left_until(Clock::time_point end)
{
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count());
}

// Waits until something is there to receive: a datagram or an error. False when the time is over, and then even if something is
// there: a flood must not keep us.
bool is_readable_before(Clock::time_point end, int fd)
{
    for (int left = 0; (left = left_until(end)) > 0;) {
        pollfd wanted{fd, POLLIN, 0};
        const int n = ::poll(&wanted, 1, left);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (n > 0)
            return true;
    }
    return false;
}

// The datagram, in `room`; an empty one when there was none after all, as with a wrong checksum (select(2), BUGS): then a call
// that waits would wait for ever. Throws what the kernel has heard of an earlier datagram: ECONNREFUSED.
std::span<const std::byte> receive(int fd, std::span<std::byte> room)
{
    const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "recv"};
    return room.first(n < 0 ? 0 : static_cast<std::size_t>(n));
}

bool answers(std::span<const std::byte> datagram, const Id& id)
{
    return datagram.size() >= id.size() && std::equal(id.begin(), id.end(), datagram.begin());
}

} // namespace

// connect() sends nothing. From now on the kernel drops what comes from elsewhere, and tells us when it is told that nobody is
// there: contrary to udp(7), "Error handling", Linux does not tell an unconnected socket.
//
// The first id is one that nobody can guess: whoever forges the server's address needs it. And a client that is started again
// takes no answer that was meant for the one before it.
UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}, last_id_{std::random_device{}()}
{
    if (::connect(socket_.get(), server.address(), server.size) < 0)
        throw std::system_error{errno, std::generic_category(), "connect"};
}

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const Id id = in_bytes(++last_id_);
    Bytes request{id.begin(), id.end()};
    request.insert(request.end(), question.begin(), question.end());
    Bytes room(most);
    for (int left_ms = per_try_ms * tries; left_ms > 0; left_ms -= per_try_ms) { // what is left of the whole time
        send(socket_.get(), request);
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (is_readable_before(end, socket_.get()))
            if (const auto datagram = receive(socket_.get(), room); answers(datagram, id))
                return Bytes{datagram.begin() + id.size(), datagram.end()};
    }
    return std::nullopt;
}

} // namespace kata
