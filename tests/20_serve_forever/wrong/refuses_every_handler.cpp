// Mistake: refuses shutdown() to every thread that serves a request
// Caught by: Robust.IsStoppedByAHandlerInAnotherThread
// Says: EDEADLK
#include "20_serve_forever/rest.h"

namespace kata {

namespace {

thread_local bool serves = false;

} // namespace

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (serves || m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

void BaseServer::start_thread(Incoming request)
{
    join_those_that_are_done(m_->workers);
    std::list<Worker> one(1);
    Worker& worker = one.front();
    worker.thread = std::thread{[this, &worker, r = std::move(request)]() mutable {
        serves = true;
        finish_request(std::move(r));
        worker.is_done = true;
    }};
    m_->workers.splice(m_->workers.end(), one);
}

} // namespace kata
