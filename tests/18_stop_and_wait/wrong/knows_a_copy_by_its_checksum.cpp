// Mistake: compares sizes and checksums, not bytes, to know a copy
// Caught by: Hostile.KnowsACopyByItsBytes
// Says: expected  bob receives nothing
#include "18_stop_and_wait/rest.h"

namespace kata {

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    Inbox inbox{fd, options.block};
    std::vector<std::byte> bytes;
    std::array<std::byte, 4> last_sum{};
    std::size_t last_size = 0;
    char wanted = '0';
    bool begun = false, complete = false;
    auto end = in_ms(options.patience_ms);
    do {
        const RdtPacket block = inbox.next(end);
        const bool is_new = !complete && block.sequence == wanted;
        const auto sum = rdt_checksum(rdt_pack(block));
        const bool is_copy = block.sequence != wanted && block.payload.size() == last_size && sum == last_sum;
        if (block.kind != 'D' || !(is_new || (begun && is_copy)))
            continue;
        if (is_new) {
            begun = true;
            last_sum = sum;
            last_size = block.payload.size();
            bytes.insert(bytes.end(), block.payload.begin(), block.payload.end());
            wanted = other(wanted);
            complete = last_size < options.block;
            end = in_ms(complete ? options.linger_ms : options.patience_ms);
        }
        send_once(fd, {'A', block.sequence, {}});
    } while (Clock::now() < end);
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv: no new block");
    return bytes;
}

} // namespace kata
