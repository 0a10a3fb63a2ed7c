// Odd: makes all its threads at the start; each accepts its clients itself, one of them at a time
#include "05_accept/accept.h"
#include "27_threaded_server/threaded_server.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace kata {

struct ThreadedServer::Machinery {
    UniqueFd listener;
    Handler handler;
    std::size_t most;
    std::mutex turn{}; // to accept; the holder waits for a client
    std::exception_ptr error{};
    bool is_over = false;
    std::mutex mutex{};
    std::condition_variable changed{};
    std::set<int> open{};
    Counters counters{};
    bool stopping = false;
    std::vector<std::thread> workers{};

    std::optional<Accepted> next()
    {
        const std::lock_guard mine{turn};
        while (!is_over) {
            try {
                if (std::optional<Accepted> client = accept_one(listener.get())) {
                    const std::lock_guard lock{mutex};
                    open.insert(client->fd.get());
                    return client;
                }
            } catch (const std::system_error& e) {
                const int n = e.code().value();
                std::unique_lock lock{mutex};
                is_over = stopping || (n != EMFILE && n != ENFILE && n != ENOBUFS && n != ENOMEM);
                if (is_over && !stopping)
                    error = std::current_exception();
                if (!is_over)
                    changed.wait_for(lock, std::chrono::milliseconds{5});
                is_over |= stopping;
            }
        }
        return std::nullopt;
    }

    void works()
    {
        while (std::optional<Accepted> client = next()) {
            bool was_served = true;
            try {
                handler(client->fd.get(), client->peer);
            } catch (...) {
                was_served = false;
            }
            const std::lock_guard lock{mutex};
            open.erase(client->fd.get());
            client->fd.reset();
            ++(was_served ? counters.served : counters.failed);
            changed.notify_all();
        }
    }

    void ends_accepting()
    {
        {
            const std::lock_guard lock{mutex};
            stopping = true;
            changed.notify_all();
        }
        ::shutdown(listener.get(), SHUT_RDWR);
    }

    void joins()
    {
        for (std::thread& worker : workers)
            worker.join();
        workers.clear();
    }
};

ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{std::move(listener), std::move(handler), max_connections}}
{
    ::fcntl(m_->listener.get(), F_SETFL, 0);
}

ThreadedServer::~ThreadedServer()
{
    try {
        stop(0);
    } catch (...) {
    }
}

void ThreadedServer::start()
{
    const std::unique_lock not_yet{m_->turn};
    try {
        while (m_->workers.size() < m_->most)
            m_->workers.emplace_back([this] { m_->works(); });
    } catch (...) { // nobody has accepted yet
        m_->is_over = true;
        m_->turn.unlock();
        m_->joins();
        m_->turn.lock();
        m_->is_over = false;
        throw;
    }
}

void ThreadedServer::stop(int grace_ms)
{
    if (m_->listener)
        m_->ends_accepting();
    {
        const std::lock_guard nobody_accepts{m_->turn};
        m_->is_over = true;
        m_->listener.reset();
    }
    std::unique_lock lock{m_->mutex};
    for (const int how : {SHUT_RD, SHUT_RDWR}) {
        for (const int fd : m_->open)
            ::shutdown(fd, how);
        if (how == SHUT_RD)
            m_->changed.wait_for(lock, std::chrono::milliseconds{grace_ms}, [this] { return m_->open.empty(); });
    }
    lock.unlock();
    m_->joins();
    if (m_->error)
        std::rethrow_exception(std::exchange(m_->error, nullptr));
}

ThreadedServer::Counters ThreadedServer::counters() const
{
    const std::lock_guard lock{m_->mutex};
    return {m_->open.size(), m_->counters.served, m_->counters.failed};
}

} // namespace kata
