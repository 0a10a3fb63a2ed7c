// Mistake: the block that is on its way belongs to all threads
// Caught by: Robust.SendsInTwoThreadsAtOnce
// Says: DATA 1
#include "18_stop_and_wait/rest.h"

namespace kata {

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    static RdtPacket block;
    block = {'D', '0', {}};
    Inbox inbox{fd, options.block};
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, options);
        block.sequence = other(block.sequence);
    } while (block.payload.size() == options.block);
}

} // namespace kata
