// Mistake: takes the bytes of a block for a C string
// Caught by: Works.SendsOneBlockAfterTheOther
// Says: came      DATA 0 "he"
#include "18_stop_and_wait/rest.h"

#include <cstring>

namespace kata {

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    RdtPacket block{'D', '0', {}};
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        block.payload = block.payload.first(::strnlen(reinterpret_cast<const char*>(block.payload.data()), block.payload.size()));
        deliver(fd, inbox, block, options);
        block.sequence = other(block.sequence);
    } while (block.payload.size() == options.block);
}

} // namespace kata
