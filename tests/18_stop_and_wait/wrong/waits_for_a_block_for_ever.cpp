// Mistake: never gives up waiting for the next block
// Caught by: Robust.WaitsForANewBlockOnlySoLong
// Says: nothing will ever wake it
#include "18_stop_and_wait/rest.h"

namespace kata {

int left_until(Clock::time_point end)
{
    if (end == Clock::time_point::max())
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes;
    char wanted = '0';
    bool complete = false;
    auto end = Clock::time_point::max();
    do {
        const RdtPacket block = inbox.next(end);
        if (block.kind != 'D' || (complete && block.sequence == wanted))
            continue;
        if (block.sequence == wanted) {
            bytes.insert(bytes.end(), block.payload.begin(), block.payload.end());
            wanted = other(wanted);
            complete = block.payload.size() < options.block;
            if (complete)
                end = in_ms(options.linger_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
    } while (!complete || Clock::now() < end);
    return bytes;
}

} // namespace kata
