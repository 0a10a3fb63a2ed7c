#include "27_threaded_server/threaded_server.h"

#include "connections.h"

#include <cerrno>
#include <fcntl.h>
#include <future>

namespace kata {

using namespace std::chrono_literals;

struct ThreadedServer::Machinery {
    UniqueFd listener;
    Connections connections;
    std::future<void> accepting{}; // keeps what ended it for stop()
};

namespace {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

void accept_clients(int listener, Connections& connections)
{
    while (connections.wait_for_room()) {
        try {
            if (std::optional<Accepted> client = accept_one(listener))
                connections.begin(std::move(*client));
        } catch (const std::system_error& e) {
            const bool passes = is_shortage(e.code().value()); // but not at once: the client is still there
            if (connections.pause(passes ? 50ms : 0ms) && !passes)
                throw;
        }
    }
}

} // namespace

ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{std::move(listener), {std::move(handler), max_connections}}}
{
    const int flags = ::fcntl(m_->listener.get(), F_GETFL);
    if (flags < 0 || ::fcntl(m_->listener.get(), F_SETFL, flags & ~O_NONBLOCK) < 0)
        throw std::system_error{errno, std::generic_category(), "fcntl"};
}

ThreadedServer::~ThreadedServer()
{
    try {
        stop(0);
    } catch (const std::exception&) { // who wanted to know has called stop()
    }
}

void ThreadedServer::start()
{
    m_->accepting = std::async(std::launch::async, [this] { accept_clients(m_->listener.get(), m_->connections); });
}

void ThreadedServer::stop(int grace_ms)
{
    m_->connections.close_the_door();
    const bool was_started = m_->accepting.valid();
    if (was_started) {
        ::shutdown(m_->listener.get(), SHUT_RDWR); // accept(2) says EINVAL (on Linux), now or later: nobody can come too early
        m_->accepting.wait();
    }
    m_->listener.reset();
    m_->connections.end(std::chrono::milliseconds{grace_ms});
    if (was_started)
        m_->accepting.get();
}

ThreadedServer::Counters ThreadedServer::counters() const { return m_->connections.counters(); }

} // namespace kata
