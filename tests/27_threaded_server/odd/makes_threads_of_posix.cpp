// Odd: pthread_create(3), a mutex and a condition of POSIX, and a place for each connection, which it uses again
#include "05_accept/accept.h"
#include "27_threaded_server/threaded_server.h"

#include <cerrno>
#include <ctime>
#include <exception>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>
#include <vector>

namespace kata {

struct ThreadedServer::Machinery {
    struct Place {
        enum { free, talks, ended } state = free;
        int fd = -1;
        Endpoint peer{};
        pthread_t thread{};
        Machinery* all = nullptr;
    };

    int listener;
    Handler handler;
    std::vector<Place> places;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t changed{};
    pthread_t acceptor{};
    bool runs = false, stopping = false;
    std::exception_ptr error{};
    Counters counters{};

    Place* free_place()
    {
        for (Place& place : places) {
            if (place.state == Place::ended) {
                ::pthread_mutex_unlock(&mutex); // its last steps may want it
                ::pthread_join(place.thread, nullptr);
                ::pthread_mutex_lock(&mutex);
                place.state = Place::free;
            }
            if (place.state == Place::free)
                return &place;
        }
        return nullptr;
    }

    static void* talk(void* argument)
    {
        Place& mine = *static_cast<Place*>(argument);
        Machinery& m = *mine.all;
        bool was_served = true;
        try {
            m.handler(mine.fd, mine.peer);
        } catch (...) {
            was_served = false;
        }
        ::pthread_mutex_lock(&m.mutex);
        UniqueFd{mine.fd}.reset();
        mine.state = Place::ended;
        --m.counters.active;
        ++(was_served ? m.counters.served : m.counters.failed);
        ::pthread_cond_broadcast(&m.changed);
        ::pthread_mutex_unlock(&m.mutex);
        return nullptr;
    }

    // With the lock.
    void pause(long ms)
    {
        timespec end{};
        ::clock_gettime(CLOCK_MONOTONIC, &end);
        end.tv_sec += ms / 1000 + (end.tv_nsec + ms % 1000 * 1'000'000) / 1'000'000'000;
        end.tv_nsec = (end.tv_nsec + ms % 1000 * 1'000'000) % 1'000'000'000;
        const std::size_t before = counters.active;
        while (!stopping && counters.active == before)
            if (::pthread_cond_timedwait(&changed, &mutex, &end) == ETIMEDOUT)
                return;
    }

    void accept_clients()
    {
        ::pthread_mutex_lock(&mutex);
        while (!stopping) {
            Place* const place = free_place();
            if (place == nullptr) {
                ::pthread_cond_wait(&changed, &mutex);
                continue;
            }
            ::pthread_mutex_unlock(&mutex);
            std::optional<Accepted> client;
            int error_number = 0;
            try {
                client = accept_one(listener);
            } catch (const std::system_error& e) {
                error_number = e.code().value();
            }
            ::pthread_mutex_lock(&mutex);
            if (client) {
                *place = {Place::talks, client->fd.get(), client->peer, {}, this};
                if (::pthread_create(&place->thread, nullptr, talk, place) == 0) {
                    static_cast<void>(client->fd.release());
                    ++counters.active;
                } else {
                    place->state = Place::free;
                    ++counters.failed;
                }
            } else if (error_number == EMFILE || error_number == ENFILE || error_number == ENOBUFS || error_number == ENOMEM) {
                pause(70);
            } else if (error_number != 0 && !stopping) {
                error = std::make_exception_ptr(std::system_error{error_number, std::generic_category(), "accept"});
                break;
            }
        }
        ::pthread_mutex_unlock(&mutex);
    }

    static void* accept_thread(void* all)
    {
        static_cast<Machinery*>(all)->accept_clients();
        return nullptr;
    }

    void shut_down_all(int how)
    {
        for (const Place& place : places)
            if (place.state == Place::talks)
                ::shutdown(place.fd, how);
    }
};

ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{listener.release(), std::move(handler), std::vector<Machinery::Place>(max_connections)}}
{
    ::fcntl(m_->listener, F_SETFL, 0);
    pthread_condattr_t steady;
    ::pthread_condattr_init(&steady);
    ::pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    ::pthread_cond_init(&m_->changed, &steady);
    ::pthread_condattr_destroy(&steady);
}

ThreadedServer::~ThreadedServer()
{
    try {
        stop(0);
    } catch (...) {
    }
    ::pthread_cond_destroy(&m_->changed);
}

void ThreadedServer::start()
{
    if (const int error = ::pthread_create(&m_->acceptor, nullptr, Machinery::accept_thread, m_.get()); error != 0)
        throw std::system_error{error, std::generic_category(), "pthread_create"};
    m_->runs = true;
}

void ThreadedServer::stop(int grace_ms)
{
    ::pthread_mutex_lock(&m_->mutex);
    m_->stopping = true;
    ::pthread_cond_broadcast(&m_->changed);
    ::pthread_mutex_unlock(&m_->mutex);
    if (m_->runs) {
        ::shutdown(m_->listener, SHUT_RDWR);
        ::pthread_join(m_->acceptor, nullptr);
        m_->runs = false;
    }
    UniqueFd{std::exchange(m_->listener, -1)}.reset();

    ::pthread_mutex_lock(&m_->mutex);
    m_->shut_down_all(SHUT_RD);
    timespec end{};
    ::clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += grace_ms / 1000;
    end.tv_nsec += grace_ms % 1000 * 1'000'000L;
    if (end.tv_nsec >= 1'000'000'000) {
        ++end.tv_sec;
        end.tv_nsec -= 1'000'000'000;
    }
    while (m_->counters.active > 0 && ::pthread_cond_timedwait(&m_->changed, &m_->mutex, &end) != ETIMEDOUT) {
    }
    m_->shut_down_all(SHUT_RDWR);
    while (m_->counters.active > 0)
        ::pthread_cond_wait(&m_->changed, &m_->mutex);
    ::pthread_mutex_unlock(&m_->mutex);
    for (Machinery::Place& place : m_->places)
        if (place.state == Machinery::Place::ended) {
            ::pthread_join(place.thread, nullptr);
            place.state = Machinery::Place::free;
        }
    if (m_->error)
        std::rethrow_exception(std::exchange(m_->error, nullptr));
}

ThreadedServer::Counters ThreadedServer::counters() const
{
    ::pthread_mutex_lock(&m_->mutex);
    const Counters now = m_->counters;
    ::pthread_mutex_unlock(&m_->mutex);
    return now;
}

} // namespace kata
