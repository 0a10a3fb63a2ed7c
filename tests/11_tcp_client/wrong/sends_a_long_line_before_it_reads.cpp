// Mistake: sends the whole line, and reads only then
// Caught by: Hostile.NeverWaitsForAServerThatWaitsForIt
// Says: stuck: asleep in send(3), and nothing will ever wake it
#include "11_tcp_client/rest.h"

namespace kata {

void send_line(int fd, std::string_view line, std::string& /*received*/)
{
    while (!line.empty()) {
        const ssize_t n = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            fail("send");
        line.remove_prefix(static_cast<std::size_t>(n > 0 ? n : 0));
    }
}

} // namespace kata
