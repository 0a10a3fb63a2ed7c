// Mistake: the tries are counted for the whole transfer
// Caught by: Robust.CountsTheTriesOfEachBlock
// Says: Connection timed out
#include "18_stop_and_wait/rest.h"

namespace kata {

namespace {

void deliver(int fd, Inbox& inbox, const RdtPacket& block, int& used, const RdtOptions& options)
{
    for (; used < options.tries; ++used) {
        send_once(fd, block);
        const auto end = in_ms(options.retransmit_ms);
        do {
            const RdtPacket answer = inbox.next(end);
            if (answer.kind == 'A' && answer.sequence == block.sequence)
                return;
        } while (Clock::now() < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    RdtPacket block{'D', '0', {}};
    int used = 0;
    do {
        block.payload = bytes.first(std::min(options.block, bytes.size()));
        bytes = bytes.subspan(block.payload.size());
        deliver(fd, inbox, block, used, options);
        block.sequence = other(block.sequence);
    } while (block.payload.size() == options.block);
}

} // namespace kata
