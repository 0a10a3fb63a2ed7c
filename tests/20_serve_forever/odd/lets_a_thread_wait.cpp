// Odd: has a thread of its own that waits for the end of the loop
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::shutdown()
{
    std::thread::id running;
    unsigned long before = 0;
    {
        const std::lock_guard lock{m_->mutex};
        running = m_->loop;
        before = m_->loops_ended;
        if (running == std::this_thread::get_id())
            throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
        ::eventfd_write(m_->stop.get(), 1);
    }
    if (running == std::thread::id{})
        return;
    const std::jthread waits{[&] { // a thread of its own that only waits
        std::unique_lock lock{m_->mutex};
        m_->changed.wait(lock, [&] { return m_->loops_ended != before; });
    }};
}

} // namespace kata
