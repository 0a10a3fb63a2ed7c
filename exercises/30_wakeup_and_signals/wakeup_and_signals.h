#pragma once

#include "01_socket/socket.h"
#include "29_epoll_reactor/epoll_reactor.h"

#include <functional>
#include <initializer_list>
#include <memory>

namespace kata {

// The loop of one thread: descriptors by a Reactor (29), and tasks that other threads hand to it.
//
//   Loop loop;
//   std::thread worker{[&] { loop.post([answer = computes()] { sends(answer); }); }};
//   loop.run();
class Loop {
public:
    using Task = std::function<void()>;

    Loop();  // throws std::system_error with errno; whatever descriptors it takes are close-on-exec
    ~Loop(); // tasks that have not run are destroyed, and do not run; nor do those that they post while they die

    // For the thread that runs the loop, also before run().
    Reactor& reactor();

    // From any thread, at any time, also in a task: `task` runs once, on the thread that is in run(), and never inside of another
    // task. What one thread posts first runs first. Neither waits nor fails, however often it was called before.
    void post(Task task);

    // From any thread, at any time, also in a task or a signal handler (signal-safety(7)): takes no lock, never waits, leaves
    // errno as it was. run() returns; no task begins after the one that runs now. If nobody is in run(), the next one returns
    // at once, and that is all, however often stop() was called.
    void stop() noexcept;

    // Runs tasks and the reactor's callbacks until stop(), on one thread at a time, whichever. Tasks that are left, or posted
    // later, are for the next run(). With nothing to do it sleeps, for ever: only a post(), a stop() or a descriptor ends that,
    // and not a signal that has a handler. The calls that a wake-up costs do not grow with the number of tasks.
    //
    // Tasks and callbacks take turns: neither holds up the others by being always there, as a task that posts itself. A task may
    // do anything, and so may its destructor, which runs as soon as the task has ended. What a task or a callback throws comes
    // out of run(). That one is done; the others, in their order, and a stop() are for the next run().
    void run();

private:
    struct Machinery; // yours
    const std::unique_ptr<Machinery> m_;
};

// Blocks these signals, too, in the thread that calls; threads that it starts later inherit that, so it comes before the first
// one. From then on they come to the signalfd(2) that is returned: non-blocking, close-on-exec. Throws std::system_error with
// errno (EINVAL: no such signal); the thread is as before then.
UniqueFd make_signal_fd(std::initializer_list<int> signals);

// Ends the loop in two steps. The first signal that comes to `signal_fd` calls `drain` on the loop's thread: that lets nobody new
// in, and stops the loop when the last one has his answer. The second, the same or another, stops it at once; the same, sent
// twice before it was read, is one (signal(7)). `signal_fd` stays the caller's, and lives as long as the loop.
void end_on_signals(Loop& loop, int signal_fd, Loop::Task drain);

} // namespace kata
