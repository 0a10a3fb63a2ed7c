// Mistake: ignores how much of the line send() took
// Caught by: Robust.TakesRepliesAsTheyCome
// Says: took only 1 of 2
#include "11_tcp_client/rest.h"

namespace kata {

void send_line(int fd, std::string_view line, std::string& /*received*/)
{
    while (::send(fd, line.data(), line.size(), MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            fail("send");
}

} // namespace kata
