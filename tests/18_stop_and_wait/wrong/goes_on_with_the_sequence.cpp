// Mistake: a transfer begins where the one before ended
// Caught by: Robust.EachTransferBeginsAnew
// Says: came      DATA 1 "hi"
#include "18_stop_and_wait/rest.h"

namespace kata {

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    static char next = '0';
    RdtPacket block{'D', next, {}};
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, options);
        next = other(block.sequence);
        block.sequence = next;
    } while (block.payload.size() == options.block);
}

} // namespace kata
