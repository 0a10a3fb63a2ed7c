#pragma once

#include <cstddef>
#include <cstdint>
#include <sys/types.h>
#include <vector>

// What /proc tells about the learner's process (proc(5)).
namespace lab::proc {

std::vector<int> threads(pid_t process);
// 'R', 'S', 'D', 'T', 'Z'...; 0 when there is no such thread.
char state(pid_t process, int thread);
bool is_traced(pid_t process);                  // a debugger is attached
std::size_t resident_mib(pid_t process);        // 0 when unknown
std::uint64_t waited_for_cpu_ns(pid_t process); // how long it could run but was not let; 0 when unknown
std::vector<int> descriptors(pid_t process);    // its open descriptors, in order
std::vector<pid_t> children_of(pid_t process);  // living or dead, not yet waited for
bool is_there();

} // namespace lab::proc
