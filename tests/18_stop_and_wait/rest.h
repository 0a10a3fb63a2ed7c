#pragma once

// What the parts of both sides share, for answers that write some of these functions themselves and take the rest from rest.cpp.
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

using Clock = std::chrono::steady_clock;

[[noreturn]] inline void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }
inline char other(char sequence) { return sequence == '0' ? '1' : '0'; }

bool is_a_loss(int error);
Clock::time_point in_ms(int ms);
int left_until(Clock::time_point end);
void send_once(int fd, const RdtPacket& packet);

class Inbox {
public:
    Inbox(int fd, std::size_t block);
    RdtPacket next(Clock::time_point end); // kind 0: none came, or it was damaged

private:
    int fd_;
    std::vector<std::byte> room_;
};

void deliver(int fd, Inbox& inbox, const RdtPacket& block, const RdtOptions& options);

} // namespace kata
