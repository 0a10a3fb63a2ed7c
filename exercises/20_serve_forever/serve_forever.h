#pragma once

#include "01_socket/socket.h"
#include "19_request_handlers/request.h"

#include <optional>
#include <vector>

namespace kata {

// A request on its way to its handler: it owns what that is lent, a connection (TCP) or a datagram (UDP).
struct Incoming {
    Endpoint client_address;
    UniqueFd connection{};
    std::vector<std::byte> packet{};
};

// What all servers share; servers.h makes a TcpServer and a UdpServer of it. All descriptors that it opens are close-on-exec.
class BaseServer : public ErrorSink {
public:
    // The loop: one request after another, each when it comes, until shutdown(). Hears of that after poll_interval_ms at the
    // latest, and while nobody comes it wakes up once in that time at most; 0 is no reason to spin. Tells handle_error() of a
    // shortage in get_request() (EMFILE, ENFILE, ENOBUFS, ENOMEM; no client), sleeps a moment (at most 100 ms; a shutdown() is
    // heard as early as ever), and goes on. All else that get_request() throws ends it. May be called again.
    void serve_forever(int poll_interval_ms = 500);
    // For other threads, also several at once: asks the loop to end, and returns when it has, however it ended, and even if the
    // next one runs by then. The request in work is finished first, those that wait are left. Without a loop (handle_request() is
    // none) it returns at once, and so does the next serve_forever(): it never comes too early, and two are one. The thread of
    // the loop, in a handler, would wait for itself: throws std::system_error with EDEADLK, and the loop goes on.
    void shutdown();
    // Without a loop: serves one request, also one that is rejected. False when none comes in that time (-1: any time), which
    // neither a signal nor a client who was gone begins again. Throws what get_request() throws.
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
    // Takes a request, if one is there, and sees to it. What is thrown once it is there goes to handle_error(), with its client.
    bool serve_one();
    // finish_request() in a thread of its own; the same goes for what that throws. Threads that are done are joined while the
    // server runs. Throws std::system_error when no thread can be had (EAGAIN); the request is dropped then.
    void start_thread(Incoming request);

private:
    UniqueFd socket_;
    struct Machinery; // yours
    const std::unique_ptr<Machinery> m_;
};

} // namespace kata
