// Odd: makes the socket blocking while it works, and puts the mode back on every path
#include "07_send/send.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

class Blocking {
public:
    explicit Blocking(int fd) : fd_{fd}, mode_{::fcntl(fd, F_GETFL)} { ::fcntl(fd_, F_SETFL, mode_ & ~O_NONBLOCK); }
    Blocking(const Blocking&) = delete;
    Blocking& operator=(const Blocking&) = delete;
    ~Blocking() { ::fcntl(fd_, F_SETFL, mode_); }

private:
    int fd_, mode_;
};

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    const Blocking blocking{fd};
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno != EINTR && errno != EAGAIN) // EAGAIN: the SO_SNDTIMEO of its caller
            throw std::system_error{errno, std::generic_category(), "send"};
    }
}

} // namespace kata
