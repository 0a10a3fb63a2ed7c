#pragma once

#include "05_accept/accept.h"
#include "27_threaded_server/threaded_server.h"

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <sys/socket.h>
#include <system_error>
#include <thread>

namespace kata {

// The connections that are open, and their threads. One lock for all of it, which nobody holds while he waits for a client.
class Connections {
public:
    Connections(ThreadedServer::Handler handler, std::size_t most) : handler_{std::move(handler)}, most_{most} {}

    // False when there will be none any more. Joins the threads that have ended: so they are never more than their limit. And
    // without the lock, for their last steps, where what is thread_local is destroyed, may ask for the counters.
    bool wait_for_room()
    {
        std::list<Connection> ended;
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return closed_ || open_.size() < most_; });
        if (!closed_)
            ended.swap(ended_);
        return !closed_;
    }

    void begin(Accepted client)
    {
        const std::lock_guard lock{mutex_};
        const auto mine = open_.insert(open_.end(), Connection{std::move(client)});
        try {
            mine->thread = std::jthread{[this, mine] { serve(mine); }};
        } catch (const std::system_error&) { // EAGAIN
            open_.erase(mine);
            ++counters_.failed;
        }
    }

    // Ends early when a connection has ended, for that may be what was missing. False when there will be no room any more.
    bool pause(std::chrono::milliseconds time)
    {
        std::unique_lock lock{mutex_};
        if (!closed_)
            changed_.wait_for(lock, time);
        return !closed_;
    }

    void close_the_door()
    {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        changed_.notify_all();
    }

    // When nobody calls begin() any more.
    void end(std::chrono::milliseconds grace)
    {
        std::list<Connection> ended;
        std::unique_lock lock{mutex_};
        const auto all_are_done = [this] { return open_.empty(); };
        shut_down_all(SHUT_RD);
        if (!changed_.wait_for(lock, grace, all_are_done)) {
            shut_down_all(SHUT_RDWR);
            changed_.wait(lock, all_are_done);
        }
        ended.swap(ended_);
    }

    ThreadedServer::Counters counters() const
    {
        const std::lock_guard lock{mutex_};
        return {open_.size(), counters_.served, counters_.failed};
    }

private:
    struct Connection {
        Accepted client;
        std::jthread thread{}; // joins when it is destroyed
    };

    void serve(std::list<Connection>::iterator mine)
    {
        bool served = false;
        try {
            handler_(mine->client.fd.get(), mine->client.peer);
            served = true;
        } catch (...) { // its client's loss, and nobody else's
        }
        const std::lock_guard lock{mutex_};
        mine->client.fd.reset(); // as one step with the next line: what stands in open_ can be shut down
        ended_.splice(ended_.end(), open_, mine);
        ++(served ? counters_.served : counters_.failed);
        changed_.notify_all();
    }

    void shut_down_all(int how)
    {
        for (const Connection& connection : open_)
            ::shutdown(connection.client.fd.get(), how); // ENOTCONN: the client was faster
    }

    const ThreadedServer::Handler handler_;
    const std::size_t most_;
    mutable std::mutex mutex_; // for all below
    std::condition_variable changed_;
    bool closed_ = false;
    std::list<Connection> open_, ended_;
    ThreadedServer::Counters counters_; // without `active`
};

} // namespace kata
