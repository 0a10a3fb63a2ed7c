// Mistake: has one list of threads for all servers: each waits for the threads of all
// Caught by: Robust.WaitsForItsThreadsWhenItCloses
// Says: nothing will ever wake it
#include "20_serve_forever/rest.h"

namespace kata {

namespace {

std::mutex mutex;
std::list<Worker> threads;

} // namespace

void BaseServer::start_thread(Incoming request)
{
    const std::lock_guard lock{mutex};
    join_those_that_are_done(threads);
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
    threads.splice(threads.end(), one);
}

void BaseServer::server_close()
{
    const std::lock_guard lock{mutex};
    for (Worker& worker : threads)
        worker.thread.join();
    threads.clear();
    socket_.reset();
}

} // namespace kata
