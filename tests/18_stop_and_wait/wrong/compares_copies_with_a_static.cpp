// Mistake: the newest block, with which copies are compared, belongs to all threads
// Caught by: Robust.ReceivesInTwoThreadsAtOnce
// Says: bob receives ACK 0
#include "18_stop_and_wait/rest.h"

namespace kata {

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes;
    static std::vector<std::byte> last;
    char wanted = '0';
    bool begun = false, complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
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
            end = in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
