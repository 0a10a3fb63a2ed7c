// Mistake: reads on while something waits to be sent, as long as 64 KiB are not full
// Caught by: Robust.SendsTheRestBeforeItReadsMore
// Says: kept is what was not sent of "old news"
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t answers(int fd, std::span<const std::byte> bytes, Bytes& rest)
{
    const ssize_t n = sends(fd, bytes);
    if (n < 0 && errno != EAGAIN)
        return 0;
    const auto left = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    rest = Bytes(left.begin(), left.end());
    if (rest.empty())
        return EPOLLIN;
    std::array<std::byte, 16384> more;
    const ssize_t came = reads(fd, std::span{more}.first(std::min(more.size(), 65536 - rest.size())));
    rest.insert(rest.end(), more.begin(), more.begin() + std::max<ssize_t>(came, 0));
    return EPOLLOUT;
}

} // namespace kata
