// Mistake: lets an exception leave the thread of a request
// Caught by: Robust.SurvivesAThreadThatThrows
// Says: std::terminate
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
    join_those_that_are_done(m_->workers);
    std::list<Worker> one(1);
    Worker& worker = one.front();
    worker.thread = std::thread{[this, &worker, r = std::move(request)]() mutable {
        finish_request(std::move(r));
        worker.is_done = true;
    }};
    m_->workers.splice(m_->workers.end(), one);
}

} // namespace kata
