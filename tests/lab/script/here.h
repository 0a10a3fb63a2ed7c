#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What a test asks about the machine and the process in which it runs.
namespace lab {

// An address of this machine that no other process of the tests uses: 127.x.y.z, made from the process number. For tests that
// bind a port a second time: nobody else can take it in between.
std::string private_loopback();

bool has_ipv6_loopback(); // for GTEST_SKIP() << "no ::1 on this machine"
// Whether a socket may have this address here. Also true of foreign ones where net.ipv4.ip_nonlocal_bind is set.
bool has_address(std::string_view ip);
long kernel_setting(const std::string& name); // "net/core/somaxconn", as a number; -1 where there is none
// How many descriptors Limits::descriptors can give a learner here: the hard limit (ulimit -Hn).
long most_descriptors();

// For the body of run(), in a thread of its own, to whose end it lasts: no call of this thread that opens something succeeds, it
// fails with `error` (seccomp(2)). Faults reach the calls of sockets only; this reaches open(2), too. False where the kernel does
// not let a process do that.
bool opens_nothing_more(int error);
bool can_open_nothing_more(); // for GTEST_SKIP() << "this kernel has no seccomp filters"

// For the body of run(): how many threads the process has; and for how many stacks it has memory, which a thread that has ended
// keeps until somebody joins it. A sanitizer may have more for each thread: compare with many, but not with a hundred.
long living_threads();
long stacks();
std::size_t bytes_in_use(); // on the heap of this process: of its main thread's arena at least (mallinfo(3), BUGS)

} // namespace lab
