// Mistake: asks for the end, and only then finds out that it must not
// Caught by: Robust.RefusesToWaitForItself
// Says: bob receives
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

} // namespace kata
