// Odd: a thread of its own, on a copy of the descriptor; short messages go byte by byte; select() with a set that is large enough
#include "07_send/send.h"

#include <cerrno>
#include <fcntl.h>
#include <future>
#include <sys/select.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

class Copy {
public:
    explicit Copy(int fd) : fd_{::fcntl(fd, F_DUPFD_CLOEXEC, 3)}
    {
        if (fd_ < 0)
            fail("fcntl");
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    ~Copy() { ::close(fd_); }
    int get() const { return fd_; }

private:
    int fd_;
};

void wait_for_room(int fd)
{
    const std::size_t number = static_cast<std::size_t>(fd);
    std::vector<fd_set> room(number / FD_SETSIZE + 1);
    reinterpret_cast<fd_mask*>(room.data())[number / NFDBITS] |= fd_mask{1} << number % NFDBITS;
    if (::select(fd + 1, nullptr, room.data(), nullptr, nullptr) < 0 && errno != EINTR)
        fail("select");
}

void send_in_steps(int fd, std::span<const std::byte> bytes)
{
    const bool is_short = bytes.size() < 100;
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), is_short ? 1 : bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    const Copy copy{fd};
    std::async(std::launch::async, send_in_steps, copy.get(), bytes).get();
}

} // namespace kata
