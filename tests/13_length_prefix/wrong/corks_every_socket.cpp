// Mistake: holds both parts back by TCP_CORK and takes its failure for the end: a Unix socket has no such option
// Caught by: Robust.WorksOnAUnixSocketToo
// Says: EOPNOTSUPP
#include "13_length_prefix/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

namespace {

// What is sent meanwhile leaves together at the end.
class Corked {
public:
    explicit Corked(int fd) : fd_{fd}
    {
        if (set(1) < 0)
            throw std::system_error{errno, std::generic_category(), "setsockopt"};
    }
    ~Corked() { set(0); }
    Corked(const Corked&) = delete;
    Corked& operator=(const Corked&) = delete;

private:
    int set(int on) const { return ::setsockopt(fd_, IPPROTO_TCP, TCP_CORK, &on, sizeof on); }
    int fd_;
};

} // namespace

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Corked corked{fd};
    transmit(fd, encode(payload.size()));
    transmit(fd, payload);
}

} // namespace kata
