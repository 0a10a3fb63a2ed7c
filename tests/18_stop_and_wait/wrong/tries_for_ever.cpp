// Mistake: never gives up
// Caught by: Robust.GivesUpAfterTheLastTry
// Says: it came 10 times
#include "18_stop_and_wait/rest.h"

namespace kata {

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options)
{
    for (;;) {
        send_once(fd, block);
        const auto end = in_ms(options.retransmit_ms);
        do {
            const RdtPacket answer = inbox.next(end);
            if (answer.kind == 'A' && answer.sequence == block.sequence)
                return;
        } while (Clock::now() < end);
    }
}

} // namespace kata
