// Mistake: sends all blocks before it looks for an acknowledgement
// Caught by: Works.SendsOneBlockAfterTheOther
// Says: came      DATA 1 "o, y"
#include "18_stop_and_wait/rest.h"

namespace kata {

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    RdtPacket block{'D', '0', {}};
    for (std::size_t at = 0; at < bytes.size(); at += options.block) {
        send_once(fd, {'D', block.sequence, bytes.subspan(at, std::min(options.block, bytes.size() - at))});
        block.sequence = other(block.sequence);
    }
    block.sequence = '0';
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, options);
        block.sequence = other(block.sequence);
    } while (block.payload.size() == options.block);
}

} // namespace kata
