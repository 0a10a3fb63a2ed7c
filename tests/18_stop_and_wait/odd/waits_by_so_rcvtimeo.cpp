// Odd: no poll(): sets SO_RCVTIMEO to what is left before each blocking recv(), and puts it back at the end
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

namespace kata {

namespace {

using std::chrono::microseconds;
using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

class Timeout {
public:
    explicit Timeout(int fd) : fd_{fd}
    {
        socklen_t size = sizeof before_;
        if (::getsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &before_, &size) < 0)
            fail(errno, "getsockopt");
    }
    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;
    ~Timeout() { set(before_); }

    void until(Clock::time_point end)
    {
        const auto left = std::max<long>(std::chrono::ceil<microseconds>(end - Clock::now()).count(), 1); // 0 would be for ever
        set({left / 1'000'000, left % 1'000'000});
    }

private:
    void set(const timeval& value) { ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value); }

    int fd_;
    timeval before_{};
};

RdtPacket next(int fd, Timeout& timeout, Clock::time_point end, std::vector<std::byte>& room)
{
    timeout.until(end);
    const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
    if (n >= 0)
        return rdt_unpack({room.data(), static_cast<std::size_t>(n)});
    if (errno != EINTR && errno != EAGAIN && errno != ECONNREFUSED)
        fail(errno, "recv");
    return {};
}

void give(int fd, const std::vector<std::byte>& datagram)
{
    for (int tries = 0; ::send(fd, datagram.data(), datagram.size(), 0) < 0; ++tries) {
        if (errno == ECONNREFUSED && tries > 1)
            return;
        if (errno != EINTR && errno != ECONNREFUSED)
            fail(errno, "send");
    }
}

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Timeout timeout{fd};
    std::vector<std::byte> room(2048);
    const std::size_t blocks = bytes.size() / options.block + 1;
    for (std::size_t i = 0; i < blocks; ++i) {
        const char sequence = i % 2 == 0 ? '0' : '1';
        const auto rest = bytes.subspan(i * options.block);
        const auto datagram = rdt_pack({'D', sequence, rest.first(std::min(rest.size(), options.block))});
        bool acknowledged = false;
        for (int tries = 0; tries < options.tries && !acknowledged; ++tries) {
            give(fd, datagram);
            const auto end = Clock::now() + std::chrono::milliseconds{options.retransmit_ms};
            while (!acknowledged && Clock::now() < end) {
                const RdtPacket answer = next(fd, timeout, end, room);
                acknowledged = answer.kind == 'A' && answer.payload.empty() && answer.sequence == sequence;
            }
        }
        if (!acknowledged)
            fail(ETIMEDOUT, "rdt_send");
    }
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Timeout timeout{fd};
    std::vector<std::byte> result, newest, room(options.block + rdt_header + 1);
    unsigned blocks = 0;
    std::size_t last = options.block;
    auto end = Clock::now() + std::chrono::milliseconds{options.patience_ms};
    while (Clock::now() < end) {
        const RdtPacket packet = next(fd, timeout, end, room);
        if (packet.kind != 'D' || packet.payload.size() > options.block)
            continue;
        if (last < options.block || packet.sequence != "01"[blocks % 2]) {
            if (rdt_pack(packet) != newest) // no copy
                continue;
        } else {
            newest = rdt_pack(packet);
            ++blocks;
            last = packet.payload.size();
            result.insert(result.end(), packet.payload.begin(), packet.payload.end());
            end = Clock::now() + std::chrono::milliseconds{last < options.block ? options.linger_ms : options.patience_ms};
        }
        give(fd, rdt_pack({'A', packet.sequence, {}}));
    }
    if (last == options.block)
        fail(ETIMEDOUT, "rdt_recv");
    return result;
}

} // namespace kata
