// Mistake: lets the thread of the loop wait for the end of the loop
// Caught by: Robust.RefusesToWaitForItself
// Says: asleep, but in no call on a socket
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

} // namespace kata
