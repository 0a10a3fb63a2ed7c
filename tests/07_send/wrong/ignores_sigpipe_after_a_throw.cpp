// Mistake: ignores SIGPIPE for the time being, and puts that back only when all went well
// Caught by: Hostile.SurvivesAPeerThatLeaves
// Says: left SIGPIPE ignored, after a throw
#include "07_send/send.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <system_error>
#include <unistd.h>

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
    const auto before = ::signal(SIGPIPE, SIG_IGN);
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("write");
    }
    ::signal(SIGPIPE, before);
}

} // namespace kata
