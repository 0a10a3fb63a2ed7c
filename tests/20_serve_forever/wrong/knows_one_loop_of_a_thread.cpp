// Mistake: keeps in one thread_local place which loop a thread runs
// Caught by: Robust.RefusesAlsoAfterALoopInsideOfIt
// Says: asleep, but in no call on a socket
#include "20_serve_forever/rest.h"

namespace kata {

namespace {

thread_local const BaseServer* runs_here = nullptr;

} // namespace

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    runs_here = this;
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
    runs_here = nullptr;
}

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (runs_here == this)
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

} // namespace kata
