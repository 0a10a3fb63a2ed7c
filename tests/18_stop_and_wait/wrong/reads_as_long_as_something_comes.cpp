// Mistake: asks the clock only when nothing is there to be read
// Caught by: Hostile.AFloodOfOldAcksPostponesNothing
// Says: expected  bob receives DATA 0 "hell"
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

bool is_a_loss(int error) { return error == EINTR || error == EAGAIN || error == ECONNREFUSED; }

char other(char sequence) { return sequence == '0' ? '1' : '0'; }

Clock::time_point in_ms(int ms) { return Clock::now() + std::chrono::milliseconds{ms}; }

int left_until(Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

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

    RdtPacket next(Clock::time_point end)
    {
        pollfd p{fd_, POLLIN, 0};
        if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
            fail(errno, "poll");
        const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
        if (n < 0 && !is_a_loss(errno))
            fail(errno, "recv");
        return n < 0 ? RdtPacket{} : rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
    }

    bool has_more() const
    {
        pollfd p{fd_, POLLIN, 0};
        return ::poll(&p, 1, 0) > 0;
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
        do {
            const RdtPacket answer = inbox.next(end);
            if (answer.kind == 'A' && answer.sequence == block.sequence)
                return;
        } while (Clock::now() < end || inbox.has_more());
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
    } while (block.payload.size() == options.block);
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes;
    char wanted = '0';
    bool complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        if (block.kind != 'D' || (complete && block.sequence == wanted))
            continue;
        if (block.sequence == wanted) {
            bytes.insert(bytes.end(), block.payload.begin(), block.payload.end());
            wanted = other(wanted);
            complete = block.payload.size() < options.block;
            end = in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
