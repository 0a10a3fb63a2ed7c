#pragma once

#include "03_bind/bind.h"

#include <atomic>
#include <functional>
#include <sys/types.h>
#include <thread>

namespace bench {

// A server in a process of its own, which is killed at the end. `serve` gets a listener on a free port of 127.0.0.1, and does not
// return. The clients connect from here, and close with a reset, so that no port is kept for a minute.
class Served {
public:
    enum class Calls { left_alone, counted }; // counted, by ptrace(2): it costs the server a hundred times its time

    Served(const std::function<void(int listener)>& serve, Calls calls);
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    kata::UniqueFd connect() const;
    void sleeps() const;                  // returns when all its threads sleep; at last after two seconds
    double cpu_us() const;                // that it has used, in microseconds
    double resident_kib() const;          // of memory
    double threads() const;               // that it has
    long calls() const { return count_; } // that it has begun, all threads together

private:
    pid_t start(const std::function<void(int)>& serve, bool traced) const;
    void trace();

    kata::Bound place_;
    std::atomic<pid_t> process_{0};
    std::atomic<long> count_{0};
    std::thread tracer_; // ptrace wants one thread for all
};

} // namespace bench
