#pragma once

// What the tests of this exercise do in the learner's process.
#include "23_peer_end/peer_end.h"

#include "lab/lab.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace looking {

using namespace lab;

inline std::string probe(int fd)
{
    return calls("probe_peer(" + std::to_string(fd) + ")", [&]() -> std::string {
        constexpr const char* names[] = {"open", "fin", "fin_with_data", "reset"};
        return names[static_cast<std::size_t>(kata::probe_peer(fd))];
    });
}

// Twice: what the first look took, the second one misses.
inline void expects_peer(const std::string& end, int fd, int line = __builtin_LINE())
{
    const std::string first = probe(fd);
    expects(first == end, "probe_peer() says " + end, first, __FILE__, line);
    const std::string again = probe(fd);
    expects(again == end, "probe_peer() says " + end + " again: the first look took nothing", again, __FILE__, line);
}

// What recv(2) still gives, and how that ends.
inline std::string rest_of(int fd)
{
    std::string bytes;
    char block[4096];
    for (;;) {
        const ssize_t n = ::recv(fd, block, sizeof block, MSG_DONTWAIT);
        if (n <= 0)
            return (bytes.empty() ? "nothing" : '"' + bytes + '"') + ", then " + (n == 0 ? "the end" : ::strerrorname_np(errno));
        bytes.append(block, static_cast<std::size_t>(n));
    }
}

inline void expects_rest(const std::string& rest, int fd, int line = __builtin_LINE())
{
    const std::string came = rest_of(fd);
    expects(came == rest, "recv() gives after the look what it would have given without it: " + rest, came, __FILE__, line);
}

// Sends until its kernel takes no more: the peer does not read, so most of it waits here.
inline void fills(int fd)
{
    const std::string report = pattern(100'000);
    while (::send(fd, report.data(), report.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {
    }
    ASSERT_EQ(EAGAIN, errno);
}

// A number that was closed already: `you` has closed it twice, and by then it may be somebody else's.
inline void closed_once(const Learner& you)
{
    for (const CallRecord& c : you.calls())
        EXPECT_FALSE(c.call == Call::close && c.result < 0 && c.error == EBADF)
            << "you closed the socket twice: by then the number may be somebody else's";
}

} // namespace looking
