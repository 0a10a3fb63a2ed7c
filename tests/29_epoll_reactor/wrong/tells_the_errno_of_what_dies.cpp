// Mistake: reads errno when the callback that nobody needs is destroyed already
// Caught by: Robust.TellsWhatCannotBeWatched
// Says: EXDEV
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    epoll_event event{events, {.u64 = std::uint64_t{++m_->last_id} << 32 | static_cast<std::uint32_t>(fd)}};
    if (::epoll_ctl(m_->epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0) {
        callback = nullptr;
        throw std::system_error{errno, std::generic_category(), "epoll_ctl"};
    }
    m_->forget(fd);
    m_->watched.emplace(fd, Machinery::Watched{m_->last_id, events, std::move(callback)});
}

} // namespace kata
