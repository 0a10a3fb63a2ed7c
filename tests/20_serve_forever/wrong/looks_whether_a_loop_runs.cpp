// Mistake: waits in shutdown() until no loop runs, and by then the next one does
// Caught by: Robust.ReturnsAlsoWhenTheNextLoopHasBegun
// Says: stuck: asleep in recv(5)
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    m_->changed.wait(lock, [this] { return m_->loop == std::thread::id{}; });
}

} // namespace kata
