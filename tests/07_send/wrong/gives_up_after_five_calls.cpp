// Mistake: allows five calls for one message
// Caught by: Robust.FinishesWhatTheKernelLeftOver
// Says: came      "hello, slow andABC
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    for (int tries = 0; tries < 5 && !bytes.empty(); ++tries) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
