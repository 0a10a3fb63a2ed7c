// Mistake: sleeps for a fixed time when the buffer is full
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: you slept for a fixed time
#include "07_send/send.h"

#include <cerrno>
#include <chrono>
#include <sys/socket.h>
#include <system_error>
#include <thread>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
