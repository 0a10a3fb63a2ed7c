// Mistake: counts the moments of all tries from the first one, so that they do not drift
// Caught by: Robust.ASlowSendLeavesEachTryItsTime
// Says: all was over after 600 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options)
{
    auto end = Clock::now();
    for (int i = 0; i < options.tries; ++i) {
        send_once(fd, block);
        end += std::chrono::milliseconds{options.retransmit_ms};
        do {
            const RdtPacket answer = inbox.next(end);
            if (answer.kind == 'A' && answer.payload.empty() && answer.sequence == block.sequence)
                return;
        } while (Clock::now() < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace kata
