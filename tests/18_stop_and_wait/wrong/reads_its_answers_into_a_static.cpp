// Mistake: reads acknowledgements into a static place: the other thread's stands there by then
// Caught by: Robust.SendsInTwoThreadsAtOnce
// Says: DATA 1 "o"
#include "18_stop_and_wait/rest.h"

namespace kata {

void deliver(int fd, Inbox& /*inbox*/, const RdtPacket& block, const RdtOptions& options)
{
    static std::array<std::byte, rdt_header> answer;
    for (int i = 0; i < options.tries; ++i) {
        send_once(fd, block);
        const auto end = in_ms(options.retransmit_ms);
        do {
            pollfd p{fd, POLLIN, 0};
            if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
                fail(errno, "poll");
            const ssize_t n = ::recv(fd, answer.data(), answer.size(), MSG_DONTWAIT | MSG_TRUNC);
            if (n < 0 && !is_a_loss(errno))
                fail(errno, "recv");
            const RdtPacket packet = rdt_unpack(answer);
            if (n == rdt_header && packet.kind == 'A' && packet.sequence == block.sequence)
                return;
        } while (Clock::now() < end);
    }
    fail(ETIMEDOUT, "rdt_send: no acknowledgement");
}

} // namespace kata
