// Odd: waits in epoll, level-triggered, with a set of its own for each wait
#include "28_poll_chat/rest.h"

#include <array>
#include <cstdint>
#include <sys/epoll.h>

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    const UniqueFd set{::epoll_create1(EPOLL_CLOEXEC)};
    if (!set)
        return -1;
    for (std::size_t i = 0; i < chat.table.size(); ++i) {
        epoll_event event{};
        event.events = static_cast<std::uint32_t>(chat.table[i].events); // the same bits
        event.data.u64 = i;
        if (chat.table[i].fd >= 0 && ::epoll_ctl(set.get(), EPOLL_CTL_ADD, chat.table[i].fd, &event) < 0)
            return -1;
    }
    std::array<epoll_event, 32> ready;
    const int n = ::epoll_wait(set.get(), ready.data(), static_cast<int>(ready.size()), limit_ms);
    const int error = errno;
    for (int i = 0; i < n; ++i)
        chat.table[ready[static_cast<std::size_t>(i)].data.u64].revents =
            static_cast<short>(ready[static_cast<std::size_t>(i)].events);
    errno = error;
    return n;
}

} // namespace kata
