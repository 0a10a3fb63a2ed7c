// A whole server, each function of which is weak: the answer that is linked with it may bring its own, and that one counts. Only
// the destructor is not: the table of the virtual functions stands where it does.
#include "20_serve_forever/rest.h"

namespace kata {

[[gnu::weak]] BaseServer::BaseServer(UniqueFd socket, MakeHandler make)
    : server_address{local_endpoint(socket.get())},
      make_{make},
      socket_{std::move(socket)},
      m_{new Machinery}
{
}

BaseServer::~BaseServer() { server_close(); }

[[gnu::weak]] void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
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
}

[[gnu::weak]] void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

[[gnu::weak]] bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; wait_for(fileno(), -1, left); left = timeout_ms < 0 ? -1 : left_until(end))
        if (serve_one())
            return true;
    return false;
}

[[gnu::weak]] bool BaseServer::serve_one()
{
    std::optional<Incoming> request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    const int socket = request->connection ? request->connection.get() : fileno();
    try {
        if (verify_request({socket, client, request->packet}))
            process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

[[gnu::weak]] void BaseServer::start_thread(Incoming request)
{
    join_those_that_are_done(m_->workers);
    std::list<Worker> one(1); // joins the others when its thread has begun
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

[[gnu::weak]] void BaseServer::server_close()
{
    for (Worker& worker : m_->workers)
        worker.thread.join();
    m_->workers.clear();
    socket_.reset();
}

} // namespace kata
