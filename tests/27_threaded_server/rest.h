#pragma once

// The parts of a correct answer, for answers that write some of these functions themselves and take the rest from rest.cpp.
#include "05_accept/accept.h"
#include "27_threaded_server/threaded_server.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <future>
#include <list>
#include <mutex>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <utility>

namespace kata {

struct Connection {
    UniqueFd fd;
    Endpoint peer;
    std::thread thread{};
    int number = fd.get(); // also when it is closed
};
using Mine = std::list<Connection>::iterator;

struct Parts {
    UniqueFd listener;
    const ThreadedServer::Handler handler;
    const std::size_t most;
    std::future<void> accepting{};
    std::mutex mutex{}; // for all below
    std::condition_variable changed{};
    bool stopping = false;
    std::list<Connection> open{}, ended{};
    std::size_t served = 0, failed = 0;
};
struct ThreadedServer::Machinery : Parts {};

using Lock = std::unique_lock<std::mutex>;

inline bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }
inline void shut_down(std::list<Connection>& connections, int how)
{
    for (const Connection& c : connections)
        ::shutdown(c.number, how);
}

void accept_clients(Parts& m); // on a thread of its own
bool wait_for_room(Parts& m);
bool survives(Parts& m, int error); // an error of accept(2); after a pause
void begin(Parts& m, Accepted client);
void serve(Parts& m, Mine mine); // on a thread of its own
void is_over(Parts& m, Mine mine, bool was_served);
void join_ended(Parts& m, Lock& lock);
void wake(Parts& m); // the thread that accepts, for its end
void end_connections(Parts& m, std::chrono::milliseconds grace);

} // namespace kata
