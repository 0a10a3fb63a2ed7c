// Mistake: tells of the end of its loop where it knows what ended it, and that is a std::exception
// Caught by: Robust.HasEndedAlsoWhenItFailed
// Says: Resource deadlock avoided
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const auto is_over = [this] {
        const std::lock_guard lock{m_->mutex};
        eventfd_t taken = 0;
        ::eventfd_read(m_->stop.get(), &taken);
        m_->loop = {};
        ++m_->loops_ended;
        m_->changed.notify_all();
    };
    {
        const std::lock_guard lock{m_->mutex};
        m_->loop = std::this_thread::get_id();
    }
    try {
        const int stop = m_->stop.get();
        while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
            try {
                serve_one();
            } catch (const std::system_error& e) {
                if (!is_shortage(e.code().value()))
                    throw;
                handle_error({}, std::current_exception());
                wait_for(stop, -1, 50);
            }
        }
    } catch (const std::exception&) {
        is_over();
        throw;
    }
    is_over();
}

} // namespace kata
