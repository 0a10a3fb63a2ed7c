#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

#include <cstddef>
#include <functional>
#include <memory>

namespace kata {

// A server with a thread for each connection, and a limit on their number. One thread makes, starts and stops it.
class ThreadedServer {
public:
    // Talks with one client, on a thread of its own. `connection` is its socket: blocking, close-on-exec, and lent. The server
    // closes it after the handler has returned or thrown, never earlier, and does not shut down a copy of it (dup(2), 26).
    using Handler = std::function<void(int connection, const Endpoint& client)>;

    struct Counters {
        std::size_t active = 0; // connections that are open
        std::size_t served = 0; // handlers that returned
        std::size_t failed = 0; // handlers that threw, and clients for whom no thread could be had
    };

    // Takes over `listener`, a listening TCP socket, blocking or not; nobody is accepted yet. `max_connections` is at least 1.
    ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections);
    ~ThreadedServer(); // stop(0); throws nothing

    // Begins to serve, and returns at once. Once only, unless it throws: std::system_error (EAGAIN: no thread to be had).
    //
    // Never more than max_connections are open. Who comes then waits in the listener's queue, and costs no descriptor; when there
    // is room, the one who has waited longest is next. Threads that have ended are joined meanwhile: it never has more than
    // max_connections + 1. While nobody comes, or there is no room, it sleeps.
    //
    // What a handler throws ends its own connection only. No thread to be had: that client's connection is closed. A shortage
    // when it accepts or waits (EMFILE, ENFILE, ENOBUFS, ENOMEM): the client stays in the queue, and it tries again, after 1 to
    // 100 ms or when a connection has ended. What accept(2) says of one connection that died in the queue ("Error handling"
    // there) passes; any other error of it ends the accepting, not the connections.
    void start();

    // Ends all of it, whatever the clients do:
    //  1. Nobody is accepted any more. The listener is closed, and who waits in its queue is reset.
    //  2. At once each connection is shut down for reading: its handler gets what has come, then the end of the stream. So one
    //     that waits for an idle client is done, and one that has its request can finish the answer.
    //  3. After grace_ms milliseconds, by the steady clock, the others are shut down for writing, too: no client holds it up.
    //  4. As soon as all handlers are done, also those that are busy elsewhere, it returns, and no thread of it is left.
    // Never touches a number that is not its own any more. Twice is fine, and so is without start(). If an error ended the
    // accepting, the first call throws it, as its last act.
    void stop(int grace_ms);

    Counters counters() const; // for any thread, also a handler's; the three are of the same moment

private:
    struct Machinery; // yours
    const std::unique_ptr<Machinery> m_;
};

//   ThreadedServer server{std::move(listener), [](int connection, const Endpoint&) { echo(connection); }, 200};

} // namespace kata
