#pragma once

#include <chrono>
#include <memory>
#include <vector>

namespace kata {

// In milliseconds, not negative; 0 is over at once.
struct IdleLimits {
    int idle_ms; // from add(), and again from each touch()
    int head_ms; // from add() to got_head(): however often it is touched
};

// Says which connections of an event loop are over a limit. It knows their numbers only, and neither reads nor closes them: that
// is the loop's part. Each `now` is the moment at which the loop woke up: all limits count from there, not from the moment of
// the call, and it never goes back from one call to the next. A number that it does not know is no mistake: nothing happens. Not
// for two threads at once. Throws std::system_error with errno when a call fails that it needs.
class IdleTimers {
public:
    using Clock = std::chrono::steady_clock; // on Linux it is CLOCK_MONOTONIC

    // Takes its timer from the kernel (close-on-exec), and gives it back at the end. Keeps a copy of `limits`.
    explicit IdleTimers(const IdleLimits& limits);
    ~IdleTimers();

    // The timer, for poll(2) or epoll(7) beside the sockets. It can be read as soon as a connection is due: not before, at most a
    // millisecond later, and at once if one is due already. That ends with expire(), where nobody else is due by then.
    // It may ring in vain for a moment that was put off meanwhile (touch, got_head, remove, add again), once for each; never
    // else. Always the same descriptor.
    int fd() const;

    // A connection, and both of its limits, begin. If the number is known, it begins anew: the next request of a client, or
    // another client. At most one system call.
    void add(int fd, Clock::time_point now);

    // Bytes came, or went: a client that still takes its answer is not idle. Only the idle limit begins again. It is called for
    // each read: no system call, and no memory that is kept.
    void touch(int fd, Clock::time_point now);

    // The head of the request is there: only the idle limit is left, from where it was. No system call.
    void got_head(int fd);

    // It was closed. The number may come again, and is a stranger's then. No system call.
    void remove(int fd);

    // All connections that are due, which means that a limit, as it stands by then, ends at `now` or before; in any order, each
    // one once. They are removed. May be called at any time, and does not wait; what counts is `now`, not whether the timer rang.
    // Sets the timer to the next one. At most two system calls.
    std::vector<int> expire(Clock::time_point now);

private:
    struct Machinery; // yours
    const std::unique_ptr<Machinery> m_;
};

// None of these costs more when there are a hundred thousand connections than with a hundred (a logarithm is fine).

} // namespace kata
