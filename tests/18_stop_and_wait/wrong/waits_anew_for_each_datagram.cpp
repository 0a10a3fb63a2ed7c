// Mistake: each datagram that comes starts the timer again
// Caught by: Robust.WhatProvesNothingMovesNoTimer
// Says: it took 380 ms
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

// The next undamaged packet, or kind 0 when `ms` have passed.
RdtPacket wait_for_packet(int fd, std::vector<std::byte>& room, int ms)
{
    for (;;) {
        pollfd p{fd, POLLIN, 0};
        const int ready = ::poll(&p, 1, ms);
        if (ready == 0)
            return {};
        if (ready < 0) {
            if (errno == EINTR)
                continue;
            fail(errno, "poll");
        }
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n < 0) {
            if (errno == EINTR || errno == ECONNREFUSED)
                continue;
            fail(errno, "recv");
        }
        const RdtPacket packet = rdt_unpack({room.data(), static_cast<std::size_t>(n)});
        if (packet.kind != 0)
            return packet;
    }
}

void send_datagram(int fd, const std::vector<std::byte>& datagram)
{
    while (::send(fd, datagram.data(), datagram.size(), 0) < 0)
        if (errno != EINTR && errno != ECONNREFUSED)
            fail(errno, "send");
}

void send_block(int fd, const std::vector<std::byte>& datagram, char sequence, const RdtOptions& options)
{
    std::vector<std::byte> room(options.block + rdt_header);
    for (int i = 0; i < options.tries; ++i) {
        send_datagram(fd, datagram);
        for (;;) {
            const RdtPacket answer = wait_for_packet(fd, room, options.retransmit_ms);
            if (answer.kind == 0)
                break;
            if (answer.kind == 'A' && answer.sequence == sequence)
                return;
        }
    }
    fail(ETIMEDOUT, "rdt_send");
}

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    char sequence = '0';
    for (std::size_t sent = 0;; sent += options.block) {
        const auto block = bytes.subspan(sent, std::min(options.block, bytes.size() - sent));
        send_block(fd, rdt_pack({'D', sequence, block}), sequence, options);
        sequence = sequence == '0' ? '1' : '0';
        if (block.size() < options.block)
            return;
    }
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    std::vector<std::byte> result, room(options.block + rdt_header);
    char expected = '0';
    bool done = false;
    for (;;) {
        const RdtPacket packet = wait_for_packet(fd, room, done ? options.linger_ms : options.patience_ms);
        if (packet.kind == 0) {
            if (done)
                return result;
            fail(ETIMEDOUT, "rdt_recv");
        }
        if (packet.kind != 'D' || (done && packet.sequence == expected))
            continue;
        if (!done && packet.sequence == expected) {
            result.insert(result.end(), packet.payload.begin(), packet.payload.end());
            expected = expected == '0' ? '1' : '0';
            done = packet.payload.size() < options.block;
        }
        send_datagram(fd, rdt_pack({'A', packet.sequence, {}}));
    }
}

} // namespace kata
