// Mistake: every block has the same sequence
// Caught by: Works.SendsOneBlockAfterTheOther
// Says: came      DATA 0 "o, y"
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
    } while (block.payload.size() == options.block);
}

} // namespace kata
