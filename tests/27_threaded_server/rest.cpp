// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "27_threaded_server/rest.h"

#include <fcntl.h>

namespace kata {

using namespace std::chrono_literals;

[[gnu::weak]] void accept_clients(Parts& m)
{
    while (wait_for_room(m)) {
        try {
            if (std::optional<Accepted> client = accept_one(m.listener.get()))
                begin(m, std::move(*client));
        } catch (const std::system_error& e) {
            if (!survives(m, e.code().value()))
                throw;
        }
    }
}

[[gnu::weak]] bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    m.changed.wait(lock, [&m] { return m.stopping || m.open.size() < m.most; });
    join_ended(m, lock);
    return !m.stopping;
}

[[gnu::weak]] bool survives(Parts& m, int error)
{
    Lock lock{m.mutex};
    if (is_shortage(error) && !m.stopping)
        m.changed.wait_for(lock, 20ms);
    return is_shortage(error) || m.stopping;
}

[[gnu::weak]] void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(client.fd), client.peer});
    try {
        mine->thread = std::thread{serve, std::ref(m), mine};
    } catch (const std::system_error&) {
        m.open.erase(mine);
        ++m.failed;
    }
}

[[gnu::weak]] void serve(Parts& m, Mine mine)
{
    bool was_served = true;
    try {
        m.handler(mine->fd.get(), mine->peer);
    } catch (...) {
        was_served = false;
    }
    is_over(m, mine, was_served);
}

[[gnu::weak]] void is_over(Parts& m, Mine mine, bool was_served)
{
    const Lock lock{m.mutex};
    mine->fd.reset();
    m.ended.splice(m.ended.end(), m.open, mine);
    ++(was_served ? m.served : m.failed);
    m.changed.notify_all();
}

[[gnu::weak]] void join_ended(Parts& m, Lock& lock)
{
    std::list<Connection> ended = std::exchange(m.ended, {});
    lock.unlock();
    for (Connection& c : ended)
        c.thread.join();
    lock.lock();
}

[[gnu::weak]] void wake(Parts& m)
{
    const Lock lock{m.mutex};
    m.stopping = true;
    m.changed.notify_all();
    ::shutdown(m.listener.get(), SHUT_RDWR);
}

[[gnu::weak]] void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        m.changed.wait(lock, all_are_done);
    }
    join_ended(m, lock);
}

[[gnu::weak]] ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{{std::move(listener), std::move(handler), max_connections}}}
{
    ::fcntl(m_->listener.get(), F_SETFL, 0);
}

[[gnu::weak]] ThreadedServer::~ThreadedServer()
{
    try {
        stop(0);
    } catch (const std::exception&) {
    }
}

[[gnu::weak]] void ThreadedServer::start()
{
    m_->accepting = std::async(std::launch::async, [this] { accept_clients(*m_); });
}

[[gnu::weak]] void ThreadedServer::stop(int grace_ms)
{
    const bool was_started = m_->accepting.valid();
    if (was_started) {
        wake(*m_);
        m_->accepting.wait();
    }
    m_->listener.reset();
    end_connections(*m_, std::chrono::milliseconds{grace_ms});
    if (was_started)
        m_->accepting.get();
}

[[gnu::weak]] ThreadedServer::Counters ThreadedServer::counters() const
{
    const Lock lock{m_->mutex};
    return {m_->open.size(), m_->served, m_->failed};
}

} // namespace kata
