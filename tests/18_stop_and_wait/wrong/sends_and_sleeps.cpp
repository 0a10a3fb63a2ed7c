// Mistake: sends, sleeps until the next try, and takes whatever is there then for the answer
// Caught by: Works.SendsOneBlockAfterTheOther
// Says: still running after 2000 ms
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <sys/socket.h>
#include <system_error>
#include <thread>

namespace kata {

namespace {

// What has come so far; kind 0 when there is no more.
bool take(int fd, std::vector<std::byte>& room, RdtPacket& packet)
{
    ssize_t n = -1;
    do
        n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0 && errno != EAGAIN)
        throw std::system_error{errno, std::system_category(), "recv"};
    packet = n < 0 ? RdtPacket{} : rdt_unpack({room.data(), static_cast<std::size_t>(n)});
    return n >= 0;
}

void give(int fd, const RdtPacket& packet)
{
    const auto datagram = rdt_pack(packet);
    if (::send(fd, datagram.data(), datagram.size(), 0) < 0 && errno != EINTR && errno != ECONNREFUSED)
        throw std::system_error{errno, std::system_category(), "send"};
}

void rests(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds{ms}); }

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    std::vector<std::byte> room(options.block + rdt_header);
    char sequence = '0';
    for (;;) {
        const auto block = bytes.first(std::min(options.block, bytes.size()));
        bool acknowledged = false;
        for (int i = 0; i < options.tries && !acknowledged; ++i) {
            give(fd, {'D', sequence, block});
            rests(options.retransmit_ms);
            for (RdtPacket packet; take(fd, room, packet);)
                acknowledged |= packet.kind == 'A' && packet.sequence == sequence;
        }
        if (!acknowledged)
            throw std::system_error{ETIMEDOUT, std::system_category(), "rdt_send"};
        if (block.size() < options.block)
            return;
        bytes = bytes.subspan(block.size());
        sequence = sequence == '0' ? '1' : '0';
    }
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    using std::chrono::steady_clock;
    std::vector<std::byte> bytes, room(options.block + rdt_header);
    char wanted = '0';
    bool complete = false;
    auto end = steady_clock::now() + std::chrono::milliseconds{options.patience_ms};
    while (steady_clock::now() < end) {
        RdtPacket packet;
        if (!take(fd, room, packet)) {
            rests(1);
            continue;
        }
        if (packet.kind != 'D' || (complete && packet.sequence == wanted))
            continue;
        if (packet.sequence == wanted) {
            bytes.insert(bytes.end(), packet.payload.begin(), packet.payload.end());
            wanted = wanted == '0' ? '1' : '0';
            complete = packet.payload.size() < options.block;
            end = steady_clock::now() + std::chrono::milliseconds{complete ? options.linger_ms : options.patience_ms};
        }
        give(fd, {'A', packet.sequence, {}});
    }
    if (!complete)
        throw std::system_error{ETIMEDOUT, std::system_category(), "rdt_recv"};
    return bytes;
}

} // namespace kata
