// Mistake: destroys who was removed at the end of each turn, and not before it sleeps
// Caught by: Robust.LetsGoBeforeItSleeps
// Says: ann receives the end of the stream (FIN)
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    const int n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

int Reactor::run_once(int limit_ms)
{
    int called = m_->call_those_who_are_left();
    if (called == 0) {
        m_->fetch(limit_ms);
        called = m_->call_those_who_are_left();
    }
    decltype(m_->removed){}.swap(m_->removed);
    return called;
}

} // namespace kata
