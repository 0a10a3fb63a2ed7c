// Mistake: takes a signal for the end of the time in handle_request()
// Caught by: Robust.WaitsOnAfterASignal
// Says: handle_request(-1) says that it served one
#include "20_serve_forever/serve_forever.h"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>

namespace kata {

struct Worker {
    std::atomic<bool> is_done = false;
    std::thread thread{};
};

struct BaseServer::Machinery {
    UniqueFd stop{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex mutex{};
    std::condition_variable changed{};
    std::thread::id loop{};
    unsigned long loops_ended = 0;
    std::list<Worker> workers{};
};

namespace {

bool wait_for(int one, int other, int timeout_ms)
{
    for (;;) {
        pollfd both[]{{one, POLLIN, 0}, {other, POLLIN, 0}};
        const int ready = ::poll(both, 2, timeout_ms);
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
    }
}

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

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
    struct Loop {
        explicit Loop(Machinery& machinery) : m{machinery}
        {
            const std::lock_guard lock{m.mutex};
            m.loop = std::this_thread::get_id();
        }
        Loop(const Loop&) = delete;
        Loop& operator=(const Loop&) = delete;
        ~Loop()
        {
            const std::lock_guard lock{m.mutex};
            eventfd_t taken = 0;
            ::eventfd_read(m.stop.get(), &taken);
            m.loop = {};
            ++m.loops_ended;
            m.changed.notify_all();
        }
        Machinery& m;
    } const loop{*m_};
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

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    ::eventfd_write(m_->stop.get(), 1);
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

bool BaseServer::handle_request(int timeout_ms)
{
    pollfd socket{fileno(), POLLIN, 0};
    return ::poll(&socket, 1, timeout_ms) > 0 && serve_one();
}

bool BaseServer::serve_one()
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

void BaseServer::start_thread(Incoming request)
{
    m_->workers.remove_if([](Worker& worker) {
        const bool done = worker.is_done;
        if (done)
            worker.thread.join();
        return done;
    });
    Worker& worker = m_->workers.emplace_back();
    worker.thread = std::thread{[this, &worker, r = std::move(request)]() mutable {
        finish_request(std::move(r));
        worker.is_done = true;
    }};
}

void BaseServer::server_close()
{
    for (Worker& worker : m_->workers)
        worker.thread.join();
    m_->workers.clear();
    socket_.reset();
}

} // namespace kata
