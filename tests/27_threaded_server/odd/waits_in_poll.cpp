// Odd: accepts without blocking, and waits in poll(2) for the listener and for one eventfd that says all else
#include "05_accept/accept.h"
#include "27_threaded_server/threaded_server.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace kata {

struct ThreadedServer::Machinery {
    UniqueFd listener;
    Handler handler;
    std::size_t most;
    UniqueFd event{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::thread loop{};
    std::exception_ptr error{};
    std::mutex mutex{};
    std::condition_variable changed{};
    std::map<std::thread::id, std::pair<std::thread, UniqueFd>> open{};
    std::vector<std::thread> ended{};
    Counters counters{};
    bool stopping = false;

    void talks(const Endpoint& client, int fd)
    {
        bool was_served = true;
        try {
            handler(fd, client);
        } catch (...) {
            was_served = false;
        }
        const std::lock_guard lock{mutex};
        const auto mine = open.find(std::this_thread::get_id());
        ended.push_back(std::move(mine->second.first));
        open.erase(mine);
        --counters.active;
        ++(was_served ? counters.served : counters.failed);
        changed.notify_all();
        ::eventfd_write(event.get(), 1);
    }

    void begins(Accepted client)
    {
        const std::lock_guard lock{mutex};
        const int fd = client.fd.get();
        try {
            std::thread thread{[this, fd, peer = client.peer] { talks(peer, fd); }};
            const std::thread::id name = thread.get_id();
            open.emplace(name, std::pair{std::move(thread), std::move(client.fd)});
            ++counters.active;
        } catch (const std::system_error&) {
            ++counters.failed;
        }
    }

    bool turns(int& pause)
    {
        std::size_t active = 0;
        std::vector<std::thread> over;
        {
            const std::lock_guard lock{mutex};
            if (stopping)
                return false;
            over.swap(ended);
            active = counters.active;
        }
        for (std::thread& thread : over)
            thread.join();
        pollfd both[]{{event.get(), POLLIN, 0}, {active < most && pause < 0 ? listener.get() : -1, POLLIN, 0}};
        if (::poll(both, 2, pause) < 0) {
            pause = 1;
            return true;
        }
        pause = -1;
        eventfd_t taken = 0;
        ::eventfd_read(event.get(), &taken);
        if (both[1].revents == 0)
            return true;
        try {
            if (std::optional<Accepted> client = accept_one(listener.get()))
                begins(std::move(*client));
        } catch (const std::system_error& e) {
            if (const int n = e.code().value(); n != EMFILE && n != ENFILE && n != ENOBUFS && n != ENOMEM)
                throw;
            pause = 99;
        }
        return true;
    }

    void shut_down_all(int how)
    {
        for (const auto& [name, connection] : open)
            ::shutdown(connection.second.get(), how);
    }
};

ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{std::move(listener), std::move(handler), max_connections}}
{
    if (!m_->event)
        throw std::system_error{errno, std::generic_category(), "eventfd"};
    ::fcntl(m_->listener.get(), F_SETFL, O_NONBLOCK);
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
    m_->loop = std::thread{[this] {
        try {
            for (int pause = -1; m_->turns(pause);) {
            }
        } catch (...) {
            m_->error = std::current_exception();
        }
    }};
}

void ThreadedServer::stop(int grace_ms)
{
    {
        const std::lock_guard lock{m_->mutex};
        m_->stopping = true;
    }
    ::eventfd_write(m_->event.get(), 1);
    if (m_->loop.joinable())
        m_->loop.join();
    m_->listener.reset();
    {
        std::unique_lock lock{m_->mutex};
        m_->shut_down_all(SHUT_RD);
        m_->changed.wait_for(lock, std::chrono::milliseconds{grace_ms}, [this] { return m_->open.empty(); });
        m_->shut_down_all(SHUT_RDWR);
        m_->changed.wait(lock, [this] { return m_->open.empty(); });
    }
    for (std::thread& thread : m_->ended)
        thread.join();
    m_->ended.clear();
    if (m_->error)
        std::rethrow_exception(std::exchange(m_->error, nullptr));
}

ThreadedServer::Counters ThreadedServer::counters() const
{
    const std::lock_guard lock{m_->mutex};
    return m_->counters;
}

} // namespace kata
