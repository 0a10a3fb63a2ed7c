// Mistake: makes an epoll descriptor for each wait, also for the one during a shortage
// Caught by: Robust.GoesOnWithoutADescriptorToSpare
// Says: epoll_create1
#include "20_serve_forever/rest.h"

#include <sys/epoll.h>

namespace kata {

namespace {

bool waits(int one, int other, int timeout_ms)
{
    const UniqueFd set{::epoll_create1(EPOLL_CLOEXEC)};
    if (!set)
        throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    for (const int fd : {one, other})
        if (epoll_event input{EPOLLIN, {}}; fd >= 0)
            ::epoll_ctl(set.get(), EPOLL_CTL_ADD, fd, &input);
    int ready = -1;
    for (epoll_event both[2]; ready < 0;)
        ready = ::epoll_wait(set.get(), both, 2, timeout_ms);
    return ready > 0;
}

} // namespace

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (waits(stop, fileno(), -1) && !waits(stop, -1, 0)) {
        try {
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            waits(stop, -1, 50);
        }
    }
}

} // namespace kata
