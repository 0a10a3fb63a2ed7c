// Mistake: counts the time by a clock that can be set
// Caught by: Robust.NobodySetsItsClock
// Says: bob receives #2 DATA 0
#include "18_stop_and_wait/rest.h"

namespace kata {

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options)
{
    for (int i = 0; i < options.tries; ++i) {
        send_once(fd, block);
        const auto end = std::chrono::system_clock::now() + std::chrono::milliseconds{options.retransmit_ms};
        do {
            const RdtPacket answer = inbox.next(Clock::now() + (end - std::chrono::system_clock::now()));
            if (answer.kind == 'A' && answer.payload.empty() && answer.sequence == block.sequence)
                return;
        } while (std::chrono::system_clock::now() < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace kata
