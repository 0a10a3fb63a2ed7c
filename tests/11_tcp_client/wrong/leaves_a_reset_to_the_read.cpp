// Mistake: when send() tells a reset it goes on to recv(), which then gives 0: "the server ended the conversation"
// Caught by: Robust.SaysWhyItCannotTalk
// Says: ECONNRESET
#include "11_tcp_client/rest.h"

namespace kata {

void send_line(int fd, std::string_view line, std::string& received)
{
    for (short asked = POLLIN | POLLOUT; !line.empty();) {
        const ssize_t n = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
            return;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("send");
        line.remove_prefix(static_cast<std::size_t>(n > 0 ? n : 0));
        pollfd p{fd, asked, 0};
        if (n < 0 && ::poll(&p, 1, -1) < 0 && errno != EINTR)
            fail("poll");
        if ((p.revents & POLLIN) != 0 && !receive_more(fd, received))
            asked = POLLOUT;
    }
}

} // namespace kata
