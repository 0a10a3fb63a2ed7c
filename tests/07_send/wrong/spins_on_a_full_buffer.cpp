// Mistake: asks again at once when the buffer is full
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: busy loop
#include "07_send/send.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

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
            continue;
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
