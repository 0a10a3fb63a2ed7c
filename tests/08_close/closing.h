#pragma once

// What the tests of graceful_close() share.
#include "08_close/close.h"

#include "lab/lab.h"

#include <sys/socket.h>

namespace lab {

constexpr int patient = 30'000; // milliseconds: no test lives so long
constexpr std::size_t report = 400'000;
constexpr WireOptions slow{.peer_receive_buffer = 4096}; // the report waits in our send buffer, and leaves in small pieces

inline std::string name_of(kata::CloseResult result)
{
    constexpr const char* names[] = {"clean", "peer_reset", "timed_out"};
    return names[static_cast<std::size_t>(result)];
}

inline std::string closing(int fd, int limit_ms)
{
    return calls("graceful_close(" + std::to_string(fd) + ", " + std::to_string(limit_ms) + " ms)",
                 [&] { return name_of(kata::graceful_close(kata::UniqueFd{fd}, limit_ms)); });
}

// A server that looks at the first byte of a request, sends the report, leaves the rest unread, and closes.
inline void answers_and_closes(int fd)
{
    char byte = 0;
    ASSERT_EQ(1, ::recv(fd, &byte, 1, 0));
    ASSERT_EQ(static_cast<ssize_t>(report), ::send(fd, pattern(report).data(), report, MSG_NOSIGNAL));
    EXPECT_EQ("clean", closing(fd, patient));
}

// Instead of finishes().
inline void closes_once(Learner& you)
{
    you.finishes();
    int closed = 0;
    for (const CallRecord& c : you.calls()) {
        closed += c.call == Call::close && c.fd == you.fd() ? 1 : 0;
        EXPECT_TRUE(c.error != EDOM) << "the kernel refused your timeout (EDOM): tv_usec holds less than a second";
    }
    EXPECT_TRUE(closed != 0) << "the socket was still open when your function returned";
    EXPECT_TRUE(closed < 2) << "you closed the socket twice: by then the number may be somebody else's";
}

} // namespace lab
