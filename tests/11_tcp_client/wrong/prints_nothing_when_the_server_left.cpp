// Mistake: takes the end of the stream for an empty reply
// Caught by: Hostile.NoticesThatTheServerLeft
// Says: expected  "(and threw)"
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos)
        if (!receive_more(fd, received))
            return {};
    const std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace kata
