#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <sys/epoll.h>
#include <vector>

namespace kata {

// An event loop over epoll(7), for one thread: whoever watches a descriptor is called when something comes. Each function throws
// std::system_error with the errno of the call that failed. One reactor knows nothing of another.
//
//   Reactor reactor;
//   reactor.add(fd, EPOLLIN, [&](std::uint32_t) { reads_what_came(fd); });
//   for (;;)
//       reactor.run_once(-1);
class Reactor {
public:
    // Gets all that came, in one call, as bits of epoll_ctl(2); EPOLLERR and EPOLLHUP come unasked. It is never copied, so it may
    // keep a state. May use its reactor, but for run_once(), and also remove itself.
    using Callback = std::function<void(std::uint32_t events)>;

    Reactor();  // takes one descriptor, close-on-exec
    ~Reactor(); // closes that, and no other

    // Watches `fd`, which stays the caller's, with its flags. `events` may have EPOLLET, EPOLLONESHOT, EPOLLEXCLUSIVE. EEXIST
    // when it is watched already: as before, by its first callback. EPERM for a file on a disk...
    void add(int fd, std::uint32_t events, Callback callback);
    // Other events, or the same ones: what is ready now is told, also with EPOLLET, and EPOLLONESHOT is armed again. ENOENT when
    // `fd` is not watched. After an error all is as before.
    void modify(int fd, std::uint32_t events);
    // Call it before close(fd). From now on nothing is told, neither what was ready in this turn nor what a copy gets (dup(2));
    // and who has this number next is another. The callback is destroyed, at the latest before the next sleep. Where `fd` is
    // closed by now, it is forgotten all the same; only, a copy may then end turns early, with 0. Not watched: nothing happens.
    void remove(int fd) noexcept;

    // One turn: sleeps until something is ready, `limit_ms` at most (as in epoll_wait(2): 0 is a look, -1 for ever), and calls
    // each callback that has news once. Up to 64 a turn; the others come in the next ones. Returns how many it called: 0 when the
    // time is over, and at once when a signal came, for the caller may have to see to it.
    //
    // What a callback throws comes out here. Those of this turn that were not called yet come first in the next one.
    int run_once(int limit_ms);

private:
    struct Machinery; // yours
    const std::unique_ptr<Machinery> m_;
};

// One turn of one client of an echo server, which is given (echo_server.h): sends back what there is to read from the stream
// socket `fd`, blocking or not, and never waits. `events` is what the reactor told. A turn reads 64 KiB at most: the others wait.
// `rest` keeps, for the next turns, what could not be sent: 64 KiB at most. A small message costs one recv(2) and one send(2),
// and from a client's second one on no memory, here and in run_once(). Two threads may be here, each with a client of its own.
//
// Returns for which events the client waits now, flags allowed: EPOLLIN at first, and when they change the server calls modify().
// 0 when it is over: its stream has ended and it has all its bytes, or there was an error: no exception, no SIGPIPE.
std::uint32_t echo_turn(int fd, std::uint32_t events, std::vector<std::byte>& rest);

} // namespace kata
