// Mistake: compares as many bytes as the last block has: what begins like it is a copy
// Caught by: Hostile.KnowsACopyByItsBytes
// Says: bob receives #2 ACK 0
#include "18_stop_and_wait/rest.h"

namespace kata {

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes, last;
    char wanted = '0';
    bool begun = false, complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        const bool is_new = !complete && block.sequence == wanted;
        const bool begins_alike =
            block.payload.size() >= last.size() && std::equal(last.begin(), last.end(), block.payload.begin());
        const bool is_copy = block.sequence != wanted && begins_alike;
        if (block.kind != 'D' || !(is_new || (begun && is_copy)))
            continue;
        if (is_new) {
            begun = true;
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
