// Mistake: lingers for nobody: returns as soon as an answer is refused
// Caught by: Hostile.TheSenderMayBeGone
// Says: all of it takes 10 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes, last;
    char wanted = '0';
    bool begun = false, complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        const bool is_new = !complete && block.sequence == wanted;
        const bool is_copy = block.sequence != wanted && std::ranges::equal(block.payload, last);
        if (block.kind != 'D' || !(is_new || (begun && is_copy)))
            continue;
        if (is_new) {
            begun = true;
            last.assign(block.payload.begin(), block.payload.end());
            bytes.insert(bytes.end(), last.begin(), last.end());
            wanted = other(wanted);
            complete = last.size() < options.block;
            end = in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        const std::vector<std::byte> answer = rdt_pack({'A', block.sequence, {}});
        while (::send(fd, answer.data(), answer.size(), 0) < 0) {
            if (errno == ECONNREFUSED && complete)
                return bytes;
            if (errno != ECONNREFUSED && errno != EINTR)
                fail(errno, "send");
        }
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
