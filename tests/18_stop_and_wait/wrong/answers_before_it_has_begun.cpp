// Mistake: takes a first block with sequence 1 for a copy
// Caught by: Robust.PassesOverBlocksThatTheProtocolDoesNotHave
// Says: bob receives #1 ACK 1
#include "18_stop_and_wait/rest.h"

namespace kata {

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes, last;
    char wanted = '0';
    bool complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        const bool is_new = !complete && block.sequence == wanted;
        const bool is_copy = block.sequence != wanted;
        if (block.kind != 'D' || !(is_new || is_copy))
            continue;
        if (is_new) {
            last.assign(block.payload.begin(), block.payload.end());
            bytes.insert(bytes.end(), last.begin(), last.end());
            wanted = other(wanted);
            complete = last.size() < options.block;
            end = in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
