#pragma once

#include <chrono>
#include <cstddef>

namespace lab {

// When a run is ended. The clocks stand still while a debugger is attached, and with KATA_PATIENT=1 in the environment.
struct Limits {
    std::chrono::milliseconds deadline{2000}; // for the whole run, by the machine; when that is busy, it does not count
    std::chrono::seconds own_time{
        0}; // that may pass on the learner's own clock while the test waits; 0: no more than the deadline
    std::chrono::milliseconds stuck{200}; // everyone asleep, and nothing on its way
    std::chrono::milliseconds cpu{1500};
    std::size_t memory_mib = 400;
    std::size_t output_mib = 8; // what it may print
    int descriptors = 64;       // RLIMIT_NOFILE of the learner
    std::size_t stack_kib = 0;  // of its first thread; 0: as much as this process has
    unsigned idle_calls = 200;  // in a row that move nothing: a busy loop; 0 turns this off
    bool may_leave_processes = false;
};

} // namespace lab
