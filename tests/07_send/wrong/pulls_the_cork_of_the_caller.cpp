// Mistake: corks the connection for the call, and pulls the cork also where the caller had set it
// Caught by: Robust.LeavesTheSocketAndTheProcessAlone
// Says: you left TCP_CORK off
#include "07_send/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

namespace {

struct Cork {
    explicit Cork(int fd) : fd_{fd} { set(1); }
    Cork(const Cork&) = delete;
    Cork& operator=(const Cork&) = delete;
    ~Cork() { set(0); }
    void set(int on) const { ::setsockopt(fd_, IPPROTO_TCP, TCP_CORK, &on, sizeof on); } // not each stream socket has one

    int fd_;
};

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    const Cork cork{fd};
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
