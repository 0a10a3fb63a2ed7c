// Odd: rounds what is left down to whole milliseconds, and so asks again and again in the last one
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using namespace std::chrono;

[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::system_category(), what}; }

bool may_pass() { return errno == EINTR || errno == ECONNREFUSED; }

struct Wire {
    int fd;
    std::vector<std::byte> room; // one byte more than agreed: what is longer shows
    steady_clock::time_point end{};

    void sets_timer(int ms) { end = steady_clock::now() + milliseconds{ms}; }
    bool has_time() const { return steady_clock::now() < end; }

    void sends(RdtPacket packet) const
    {
        const auto datagram = rdt_pack(packet);
        while (::sendto(fd, datagram.data(), datagram.size(), 0, nullptr, 0) < 0)
            if (!may_pass())
                fail(errno, "sendto");
    }

    RdtPacket receives()
    {
        const auto left = duration_cast<milliseconds>(end - steady_clock::now()).count();
        pollfd p{fd, POLLIN, 0};
        const int ready = ::poll(&p, 1, std::max(static_cast<int>(left), 0));
        if (ready < 0 && !may_pass())
            fail(errno, "poll");
        if (ready <= 0)
            return {};
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n < 0 && !may_pass())
            fail(errno, "recv");
        return n < 0 ? RdtPacket{} : rdt_unpack({room.data(), static_cast<std::size_t>(n)});
    }
};

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Wire wire{fd, std::vector<std::byte>(rdt_header + options.block + 1)};
    char sequence = '0';
    std::size_t size = options.block;
    while (size == options.block) {
        size = std::min(bytes.size(), options.block);
        int tries = options.tries;
        bool acknowledged = false;
        do {
            if (tries-- == 0)
                fail(ETIMEDOUT, "rdt_send");
            wire.sends({'D', sequence, bytes.first(size)});
            wire.sets_timer(options.retransmit_ms);
            while (!acknowledged && wire.has_time()) {
                const RdtPacket packet = wire.receives();
                acknowledged = packet.kind == 'A' && packet.payload.empty() && packet.sequence == sequence;
            }
        } while (!acknowledged);
        bytes = bytes.subspan(size);
        sequence = sequence == '0' ? '1' : '0';
    }
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    std::vector<std::byte> bytes;
    if (fd == -1)
        fail(EBADF, "rdt_recv");
    Wire wire{fd, std::vector<std::byte>(rdt_header + options.block + 1)};
    wire.sets_timer(options.patience_ms);
    char last = 0, expected = '0';
    std::vector<std::byte> newest; // as a datagram: a copy is equal to it
    while (wire.has_time()) {
        const RdtPacket packet = wire.receives();
        if (packet.kind != 'D' || packet.payload.size() > options.block)
            continue;
        if (last != 0 || packet.sequence != expected) {
            if (rdt_pack(packet) != newest)
                continue;
        } else {
            newest = rdt_pack(packet);
            bytes.insert(bytes.end(), packet.payload.begin(), packet.payload.end());
            last = packet.payload.size() < options.block ? expected : '\0';
            wire.sets_timer(last != 0 ? options.linger_ms : options.patience_ms);
            expected = expected == '0' ? '1' : '0';
        }
        wire.sends({'A', packet.sequence, {}});
    }
    if (last == 0)
        fail(ETIMEDOUT, "rdt_recv");
    return bytes;
}

} // namespace kata
