// Mistake: returns the bytes, and says nothing of an error that comes while it answers copies
// Caught by: Robust.TellsWhatFailsWhenItHasAllBytes
// Says: came      no exception
#include "18_stop_and_wait/rest.h"

namespace kata {

namespace {

void answer_copies(int fd, Inbox& inbox, char sequence, const std::vector<std::byte>& last, Clock::time_point end)
{
    while (Clock::now() < end) {
        const RdtPacket block = inbox.next(end);
        if (block.kind == 'D' && block.sequence == sequence && std::ranges::equal(block.payload, last))
            send_once(fd, {'A', sequence, {}});
    }
}

} // namespace

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes, last;
    char wanted = '0';
    bool begun = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        const bool is_new = block.sequence == wanted;
        if (block.kind != 'D' || (!is_new && (!begun || !std::ranges::equal(block.payload, last))))
            continue;
        if (is_new) {
            last.assign(block.payload.begin(), block.payload.end());
            bytes.insert(bytes.end(), last.begin(), last.end());
            wanted = other(wanted);
            begun = true;
            end = in_ms(last.size() < options.block ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
        if (last.size() < options.block) {
            try {
                answer_copies(fd, inbox, other(wanted), last, end);
            } catch (const std::system_error&) { // nothing is missing any more
            }
            return bytes;
        }
    } while (Clock::now() < end);
    fail(ETIMEDOUT, "rdt_recv: no new block");
}

} // namespace kata
