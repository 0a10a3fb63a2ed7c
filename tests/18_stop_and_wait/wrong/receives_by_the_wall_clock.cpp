// Mistake: the receiver counts its waits by a clock that can be set
// Caught by: Hostile.NobodySetsTheReceiversClock
// Says: rdt_recv: no new block
#include "18_stop_and_wait/rest.h"

namespace kata {

using Wall = std::chrono::system_clock;

namespace {

Wall::time_point wall_in_ms(int ms) { return Wall::now() + std::chrono::milliseconds{ms}; }

} // namespace

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes, last;
    char wanted = '0';
    bool begun = false, complete = false;
    auto end = wall_in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(Clock::now() + (end - Wall::now()));
        const bool is_new = !complete && block.sequence == wanted;
        const bool is_copy = block.sequence != wanted && std::ranges::equal(block.payload, last);
        if (block.kind != 'D' || !(is_new || (begun && is_copy)))
            continue;
        if (is_new) {
            begun = true;
            last.assign(block.payload.begin(), block.payload.end());
            bytes.insert(bytes.end(), last.begin(), last.end());
            wanted = other(wanted);
            complete = last.size() < options.block;
            end = wall_in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
    } while (Wall::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
