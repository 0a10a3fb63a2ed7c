// Mistake: takes what is left of the last millisecond for nothing
// Caught by: Robust.KeepsItsTimeToTheMillisecond
// Says: it took 0 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options)
{
    for (int i = 0; i < options.tries; ++i) {
        send_once(fd, block);
        const auto end = in_ms(options.retransmit_ms);
        do {
            const RdtPacket answer = inbox.next(end - std::chrono::milliseconds{1});
            if (answer.kind == 'A' && answer.payload.empty() && answer.sequence == block.sequence)
                return;
        } while (Clock::now() + std::chrono::milliseconds{1} < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace kata
