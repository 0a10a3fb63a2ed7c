// Mistake: tells of an exception in a thread with the address of the server
// Caught by: Robust.SurvivesAThreadThatThrows
// Says: (the server for its client)
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
    join_those_that_are_done(m_->workers);
    std::list<Worker> one(1);
    Worker& worker = one.front();
    worker.thread = std::thread{[this, &worker, r = std::move(request)]() mutable {
        try {
            finish_request(std::move(r));
        } catch (...) {
            handle_error(server_address, std::current_exception());
        }
        worker.is_done = true;
    }};
    m_->workers.splice(m_->workers.end(), one);
}

} // namespace kata
