// Mistake: shutdown() waits for the threads, too, not for the loop alone
// Caught by: Robust.WaitsForItsThreadsWhenItCloses
// Says: stuck: asleep in recv(5)
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
    for (Worker& worker : m_->workers)
        worker.thread.join();
    m_->workers.clear();
}

} // namespace kata
