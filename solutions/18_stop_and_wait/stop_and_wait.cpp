#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;
[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

// ECONNREFUSED: an earlier datagram found nobody (udp(7), "Error handling"). For this protocol, it is lost.
bool is_a_loss(int error) { return error == EINTR || error == EAGAIN || error == ECONNREFUSED; }

char other(char sequence) { return sequence == '0' ? '1' : '0'; }

// A moment that no event postpones.
Clock::time_point in_ms(int ms) { return Clock::now() + std::chrono::milliseconds{ms}; }

int left_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

// May be lost, and may be answered with an error of the datagram before. There is no second try: that is what the timer is for.
void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    while (::send(fd, datagram.data(), datagram.size(), 0) < 0 && errno != ECONNREFUSED)
        if (errno != EINTR)
            fail(errno, "send");
}

class Inbox {
public:
    Inbox(int fd, std::size_t block) : fd_{fd}, room_(rdt_header + block) {}

    // One datagram, if one comes until `end`; kind 0 when none does, or when it is damaged.
    RdtPacket next(Clock::time_point end)
    {
        pollfd p{fd_, POLLIN, 0};
        if (::poll(&p, 1, fd_ < 0 ? 0 : left_until(end)) < 0 && errno != EINTR) // it would sleep for -1; recv(2) says EBADF
            fail(errno, "poll");
        // MSG_DONTWAIT: what poll() reported may be dropped for its UDP checksum (select(2), BUGS). MSG_TRUNC: how long it really
        // was, for what is left of one that is cut may look whole.
        const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT | MSG_TRUNC);
        if (n < 0 && !is_a_loss(errno))
            fail(errno, "recv");
        const auto size = static_cast<std::size_t>(n);
        return n < 0 || size > room_.size() ? RdtPacket{} : rdt_unpack(std::span{room_}.first(size));
    }

private:
    int fd_;
    std::vector<std::byte> room_;
};

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options)
{
    for (int i = 0; i < options.tries; ++i) {
        send_once(fd, block);
        const auto end = in_ms(options.retransmit_ms);
        do { // looks before it asks the clock: what came while this thread did not run has come in time
            const RdtPacket answer = inbox.next(end);
            if (answer.kind == 'A' && answer.payload.empty() && answer.sequence == block.sequence)
                return;
        } while (Clock::now() < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    RdtPacket block{'D', '0', {}};
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, options);
        block.sequence = other(block.sequence);
    } while (block.payload.size() == options.block); // a full one is never the last
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes, last; // the payload of the newest block: what is not equal to it is no copy
    char wanted = '0';
    bool begun = false, complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        const bool is_new = block.sequence == wanted && !complete;
        const bool is_copy = block.sequence != wanted && begun && std::ranges::equal(block.payload, last);
        if (block.kind != 'D' || (!is_new && !is_copy)) // what is not kept is not acknowledged
            continue;
        if (is_new) {
            last.assign(block.payload.begin(), block.payload.end());
            bytes.insert(bytes.end(), last.begin(), last.end());
            wanted = other(wanted);
            begun = true;
            complete = last.size() < options.block;
            end = in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}}); // for a copy, too: its sender knows nothing until an answer reaches it
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
