#pragma once

#include <cstdint>
#include <optional>
#include <sys/types.h>

namespace lab {

// What went through a socket, as the kernel counts it.
struct TcpBytes {
    std::uint64_t taken = 0, given = 0; // by the program that holds it: what waits in the socket was not taken
};
// Of `fd`; nothing when it is no connected TCP socket, or the kernel is older than 4.19. At most one byte too few.
std::optional<TcpBytes> tcp_bytes(int fd);
// Of all descriptors from `first` on, `count` of them, of another process.
TcpBytes tcp_bytes(pid_t process, int first, int count);
// Whether any socket of that process waits for an acknowledgement before it sends what it has: Nagle's algorithm (RFC
// 1122, 4.2.3.4), and a peer that delays its acknowledgements. The kernel's own timer ends that within 40 to 200 ms.
bool holds_back_bytes(pid_t process);

} // namespace lab
