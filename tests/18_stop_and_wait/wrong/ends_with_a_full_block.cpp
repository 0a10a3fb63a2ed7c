// Mistake: sends no empty block after an exact multiple
// Caught by: Works.EndsAnExactMultipleWithAnEmptyBlock
// Says: expected  bob receives DATA 1 ""
#include "18_stop_and_wait/rest.h"

namespace kata {

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    RdtPacket block{'D', '0', {}};
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, options);
        block.sequence = other(block.sequence);
    } while (!bytes.empty());
}

} // namespace kata
