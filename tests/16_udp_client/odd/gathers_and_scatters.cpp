// Odd: sends and receives id and text from two places, with sendmsg() and recvmsg()
#include "16_udp_client/udp_client.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t id_size = 4;

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

void send_request(int fd, std::uint32_t id, std::span<const std::byte> question)
{
    iovec parts[] = {{&id, id_size}, {const_cast<std::byte*>(question.data()), question.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    while (::sendmsg(fd, &message, 0) < 0)
        if (errno != EINTR)
            fail("sendmsg");
}

ssize_t receive(int fd, std::uint32_t& id, std::span<std::byte> room)
{
    iovec parts[] = {{&id, id_size}, {room.data(), room.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    return ::recvmsg(fd, &message, MSG_DONTWAIT);
}

// False when the time is over.
bool wait_for_datagram(int fd, Clock::time_point end)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0)
            return false;
        pollfd p{fd, POLLIN, 0};
        const int n = ::poll(&p, 1, static_cast<int>(left));
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            fail("poll");
    }
}

} // namespace

UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}
{
    if (::connect(socket_.get(), server.address(), server.size) < 0)
        fail("connect");
}

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    ++last_id_;
    std::vector<std::byte> room(65536);
    for (int i = 0; i < tries; ++i) {
        send_request(socket_.get(), last_id_, question);
        const auto end = Clock::now() + std::chrono::milliseconds{per_try_ms};
        while (wait_for_datagram(socket_.get(), end)) {
            std::uint32_t id = 0;
            const ssize_t n = receive(socket_.get(), id, room);
            if (n < 0 && errno != EINTR && errno != EAGAIN)
                fail("recvmsg");
            if (n >= static_cast<ssize_t>(id_size) && id == last_id_) {
                room.resize(static_cast<std::size_t>(n) - id_size);
                return room;
            }
        }
    }
    return std::nullopt;
}

} // namespace kata
