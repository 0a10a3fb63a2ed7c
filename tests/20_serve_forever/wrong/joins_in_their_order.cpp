// Mistake: joins from the oldest on, as far as they are done
// Caught by: Robust.GivesThreadsBack
// Says: few threads have their stacks still
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
    std::list<Worker>& workers = m_->workers;
    while (!workers.empty() && workers.front().is_done) {
        workers.front().thread.join();
        workers.pop_front();
    }
    std::list<Worker> one(1);
    Worker& worker = one.front();
    worker.thread = std::thread{[this, &worker, r = std::move(request)]() mutable {
        const Endpoint client = r.client_address;
        try {
            finish_request(std::move(r));
        } catch (...) {
            handle_error(client, std::current_exception());
        }
        worker.is_done = true;
    }};
    workers.splice(workers.end(), one);
}

} // namespace kata
