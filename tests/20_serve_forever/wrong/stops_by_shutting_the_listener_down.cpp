// Mistake: wakes the loop by shutdown(2) on the listener, which can never serve again
// Caught by: Works.StopsWhenToldTo
// Says: accept: Invalid argument
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    ::shutdown(fileno(), SHUT_RDWR);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

} // namespace kata
