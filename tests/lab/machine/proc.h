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
bool sleeps(pid_t process);                     // all its threads do, or are stopped, or it is gone
bool is_traced(pid_t process);                  // a debugger is attached
std::size_t resident_mib(pid_t process);        // 0 when unknown
std::uint64_t cpu_time_ns(pid_t process);       // what it has used; 0 when unknown
std::uint64_t waited_for_cpu_ns(pid_t process); // how long it could run but was not let; 0 when unknown
std::vector<int> descriptors(pid_t process);    // its open descriptors, in order
std::vector<pid_t> children_of(pid_t process);  // living or dead, not yet waited for
std::vector<pid_t> group_of(pid_t leader);      // the processes of its process group
// True when no packet waits in the kernel for its delivery over the loopback interface; also where that is not told.
bool is_network_idle();
bool is_there();

} // namespace lab::proc
