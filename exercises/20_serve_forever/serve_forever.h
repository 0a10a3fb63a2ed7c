#pragma once

#include "01_socket/socket.h"
#include "19_request_handlers/request.h"

#include <optional>
#include <vector>

namespace kata {

// A request on its way to its handler: it owns what that is lent.
struct Incoming {
    Endpoint client_address;
    UniqueFd connection{};           // TCP
    std::vector<std::byte> packet{}; // UDP
};

// What all servers share; servers.h makes a TcpServer and a UdpServer of it.
class BaseServer : public ErrorSink {
public:
    // The loop: one request after another, until shutdown(). Hears of that at once, or after poll_interval_ms at the latest; 0 is
    // no reason to spin. Tells handle_error() of a shortage in get_request() (EMFILE, ENFILE, ENOBUFS, ENOMEM), sleeps a moment
    // (at most 100 ms), and goes on. Anything else that get_request() throws ends the loop. May be called again.
    void serve_forever(int poll_interval_ms = 500);

    // For another thread: asks the loop to end, and returns when it has; the request in work is finished first, those that wait
    // are left. While no loop runs it returns at once, and so does the next serve_forever(): it never comes too early. The thread
    // of the loop, in a handler, would wait for itself: throws std::system_error with EDEADLK, and the loop goes on.
    void shutdown();

    // Without a loop: serves one request, also one that is rejected. False when none comes in that time (-1: any time); a signal
    // does not start the time again. Throws what get_request() throws.
    bool handle_request(int timeout_ms);

    // When no loop runs: waits for all threads of start_thread(), which may still use the socket, then closes it. Twice is fine.
    void server_close();
    ~BaseServer() override;        // server_close()
    const Endpoint server_address; // the real port

protected:
    BaseServer(UniqueFd socket, MakeHandler make);
    int fileno() const { return socket_.get(); }
    const MakeHandler make_;

    virtual std::optional<Incoming> get_request() = 0;           // does not wait; nullopt: nobody was there after all
    virtual bool verify_request(const Request&) { return true; } // false: dropped, and its connection closed
    virtual void process_request(Incoming request) { finish_request(std::move(request)); }
    virtual void finish_request(Incoming request) = 0; // a handler lives its life (19)
    // Takes a request, if one is there, and sees to it. What is thrown once it is there goes to handle_error().
    bool serve_one();
    // finish_request() in a thread of its own. Threads that are done are given back while the server runs.
    void start_thread(Incoming request);

private:
    UniqueFd socket_;
    struct Machinery; // yours
    const std::unique_ptr<Machinery> m_;
};

} // namespace kata
