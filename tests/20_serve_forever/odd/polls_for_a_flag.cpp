// Odd: has no descriptor to wake it: an atomic flag, looked at after each poll interval
#include "20_serve_forever/serve_forever.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>

namespace kata {

using Clock = std::chrono::steady_clock;

struct Worker {
    std::atomic<bool> is_done = false;
    std::thread thread{};
};

struct BaseServer::Machinery {
    std::atomic<bool> stop = false;
    std::mutex mutex{};
    std::condition_variable changed{};
    std::thread::id loop{};
    unsigned long loops_ended = 0;
    std::list<Worker> workers{};
};

namespace {

bool wait_for(int one, int other, int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms;;) {
        pollfd both[]{{one, POLLIN, 0}, {other, POLLIN, 0}};
        const int ready = ::poll(both, 2, left);
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if (timeout_ms > 0)
            left = std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count()));
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

void BaseServer::serve_forever(int poll_interval_ms)
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
            m.stop = false;
            m.loop = {};
            ++m.loops_ended;
            m.changed.notify_all();
        }
        Machinery& m;
    } const loop{*m_};
    while (!m_->stop) {
        try {
            if (wait_for(fileno(), -1, std::max(1, poll_interval_ms)) && !m_->stop)
                serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(-1, -1, std::clamp(poll_interval_ms, 1, 20));
        }
    }
}

void BaseServer::shutdown()
{
    std::unique_lock lock{m_->mutex};
    if (m_->loop == std::this_thread::get_id())
        throw std::system_error{EDEADLK, std::generic_category(), "shutdown"};
    m_->stop = true;
    if (m_->loop != std::thread::id{})
        m_->changed.wait(lock, [this, before = m_->loops_ended] { return m_->loops_ended != before; });
}

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (int left = timeout_ms; wait_for(fileno(), -1, left);) {
        if (serve_one())
            return true;
        if (timeout_ms > 0)
            left = std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count()));
    }
    return false;
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

void BaseServer::server_close()
{
    for (Worker& worker : m_->workers)
        worker.thread.join();
    m_->workers.clear();
    socket_.reset();
}

} // namespace kata
