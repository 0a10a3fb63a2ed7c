// Mistake: joins its threads only when it closes
// Caught by: Robust.GivesThreadsBack
// Says: few threads have their stacks still
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
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
    m_->workers.splice(m_->workers.end(), one);
}

} // namespace kata
