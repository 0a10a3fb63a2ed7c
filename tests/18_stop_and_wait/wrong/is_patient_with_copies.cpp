// Mistake: each copy starts the patience again
// Caught by: Robust.WaitsForANewBlockOnlySoLong
// Says: it took 2205 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

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
        if (!complete)
            end = in_ms(options.patience_ms);
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
