// Mistake: takes an empty block with the right sequence for the acknowledgement
// Caught by: Robust.WaitsForTheRightAck
// Says: bob receives #2
#include "18_stop_and_wait/rest.h"

namespace kata {

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options)
{
    for (int i = 0; i < options.tries; ++i) {
        send_once(fd, block);
        const auto end = in_ms(options.retransmit_ms);
        do {
            const RdtPacket answer = inbox.next(end);
            if (answer.kind != 0 && answer.payload.empty() && answer.sequence == block.sequence)
                return;
        } while (Clock::now() < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace kata
