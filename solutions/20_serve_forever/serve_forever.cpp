#include "20_serve_forever/serve_forever.h"

#include "loop.h"
#include "wait_for.h"

#include <cerrno>
#include <chrono>
#include <future>
#include <list>
#include <system_error>

namespace kata {

using namespace std::chrono_literals;

struct BaseServer::Machinery {
    LoopControl loop;
    std::list<std::future<void>> threads; // of std::async: the destructor of each waits for its thread
};

namespace {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

template <class Work>
void guard(ErrorSink& errors, const Endpoint& client, Work work)
{
    try {
        work();
    } catch (...) {
        errors.handle_error(client, std::current_exception());
    }
}

} // namespace

BaseServer::BaseServer(UniqueFd socket, MakeHandler make)
    : server_address{local_endpoint(socket.get())},
      make_{make},
      socket_{std::move(socket)},
      m_{new Machinery}
{
}

BaseServer::~BaseServer() { server_close(); }

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const LoopControl::Running running{m_->loop};
    const int stop = m_->loop.request();
    while (wait_for(stop, fileno(), for_ever) && !wait_for(stop, -1, Clock::now())) {
        try {
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, Clock::now() + 50ms); // the client still waits: a poll() for the socket would return at once
        }
    }
}

void BaseServer::shutdown() { m_->loop.stop(); }

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = timeout_ms < 0 ? for_ever : Clock::now() + std::chrono::milliseconds{timeout_ms};
    while (wait_for(fileno(), -1, end))
        if (serve_one())
            return true;
    return false;
}

bool BaseServer::serve_one()
{
    std::optional<Incoming> request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    const int socket = request->connection ? request->connection.get() : fileno();
    guard(*this, client, [&] {
        if (verify_request({socket, client, request->packet}))
            process_request(std::move(*request));
    });
    return true; // a connection that nobody took over closes here
}

void BaseServer::start_thread(Incoming request)
{
    m_->threads.remove_if([](const auto& thread) { return thread.wait_for(0s) == std::future_status::ready; });
    m_->threads.push_back(std::async(std::launch::async, [this, r = std::move(request)]() mutable {
        const Endpoint client = r.client_address;
        guard(*this, client, [&] { finish_request(std::move(r)); });
    }));
}

void BaseServer::server_close()
{
    m_->threads.clear(); // first: they may still answer on the socket
    socket_.reset();
}

} // namespace kata
