// Odd: reads first, and waits in select() only when nothing is there; sends what waited too long twice as slowly each time
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

// Header and payload from two places.
void give(int fd, char kind, char sequence, std::span<const std::byte> payload)
{
    const auto whole = rdt_pack({kind, sequence, payload});
    iovec parts[] = {{const_cast<std::byte*>(whole.data()), rdt_header},
                     {const_cast<std::byte*>(payload.data()), payload.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = payload.empty() ? 1 : 2;
    ssize_t n = -1;
    do
        n = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno != ECONNREFUSED)
        fail(errno, "sendmsg");
}

class Waiter {
public:
    Waiter(int fd, std::size_t block) : fd_{fd}, room_(block + 64) {}

    // Calls `take` with each packet until it returns true (true) or `end` has come (false).
    template <class Take>
    bool until(const Clock::time_point end, Take take)
    {
        while (Clock::now() < end) {
            const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
            if (n >= 0) {
                if (const RdtPacket packet = rdt_unpack({room_.data(), static_cast<std::size_t>(n)});
                    packet.kind != 0 && take(packet))
                    return true;
            } else if (errno == EAGAIN) {
                sleeps(end);
            } else if (errno != EINTR && errno != ECONNREFUSED) {
                fail(errno, "recv");
            }
        }
        return false;
    }

private:
    void sleeps(const Clock::time_point& end) const
    {
        const auto left = std::max<long>(std::chrono::ceil<std::chrono::microseconds>(end - Clock::now()).count(), 0);
        timeval time{left / 1'000'000, left % 1'000'000};
        fd_set in;
        FD_ZERO(&in);
        FD_SET(fd_, &in);
        if (::select(fd_ + 1, &in, nullptr, nullptr, &time) < 0 && errno != EINTR)
            fail(errno, "select");
    }

    int fd_;
    std::vector<std::byte> room_;
};

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Waiter waiter{fd, options.block};
    for (std::size_t at = 0, i = 0; at <= bytes.size(); at += options.block, ++i) {
        const auto payload = bytes.subspan(at, std::min(options.block, bytes.size() - at));
        const char sequence = "01"[i % 2];
        for (int tries = 1;; ++tries) {
            give(fd, 'D', sequence, payload);
            if (waiter.until(Clock::now() + milliseconds{options.retransmit_ms}, [=](const RdtPacket& packet) {
                    return packet.kind == 'A' && packet.payload.empty() && packet.sequence == sequence;
                }))
                break;
            if (tries == options.tries)
                fail(ETIMEDOUT, "rdt_send");
        }
    }
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Waiter waiter{fd, options.block};
    std::vector<std::vector<std::byte>> blocks;
    auto last = Clock::now(); // when the newest block came
    bool complete = false;
    while (!complete) {
        const bool came = waiter.until(last + milliseconds{options.patience_ms}, [&](const RdtPacket& packet) {
            const bool is_new = packet.sequence == "01"[blocks.size() % 2];
            if (packet.kind != 'D' || packet.payload.size() > options.block || (!is_new && blocks.empty()))
                return false;
            if (is_new)
                last = Clock::now();
            give(fd, 'A', packet.sequence, {});
            if (!is_new)
                return false;
            blocks.emplace_back(packet.payload.begin(), packet.payload.end());
            return true;
        });
        if (!came)
            fail(ETIMEDOUT, "rdt_recv");
        complete = blocks.back().size() != options.block;
    }
    waiter.until(last + milliseconds{options.linger_ms}, [&](const RdtPacket& packet) {
        if (packet.kind == 'D' && packet.sequence != "01"[blocks.size() % 2] && std::ranges::equal(packet.payload, blocks.back()))
            give(fd, 'A', packet.sequence, {});
        return false;
    });
    std::vector<std::byte> bytes;
    for (const auto& block : blocks)
        bytes.insert(bytes.end(), block.begin(), block.end());
    return bytes;
}

} // namespace kata
