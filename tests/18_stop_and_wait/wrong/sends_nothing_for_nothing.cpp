// Mistake: an empty transfer sends nothing
// Caught by: Works.SendsAnEmptyTransfer
// Says: expected  bob receives DATA 0 ""
#include "18_stop_and_wait/rest.h"

namespace kata {

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    if (bytes.empty())
        return;
    Inbox inbox{fd, options.block};
    RdtPacket block{'D', '0', {}};
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, options);
        block.sequence = other(block.sequence);
    } while (block.payload.size() == options.block);
}

} // namespace kata
