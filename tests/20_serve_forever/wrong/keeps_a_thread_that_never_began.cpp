// Mistake: puts a thread into its list before it has begun: without one, the list cannot be joined
// Caught by: Robust.SurvivesALackOfThreads
// Says: killed by SIGABRT
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
    join_those_that_are_done(m_->workers);
    Worker& worker = m_->workers.emplace_back();
    worker.thread = std::thread{[this, &worker, r = std::move(request)]() mutable {
        const Endpoint client = r.client_address;
        try {
            finish_request(std::move(r));
        } catch (...) {
            handle_error(client, std::current_exception());
        }
        worker.is_done = true;
    }};
}

} // namespace kata
