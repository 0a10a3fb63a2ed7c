// Mistake: takes the end of the server's stream for the end of all, while its own line is not out yet
// Caught by: Hostile.NeverWaitsForAServerThatWaitsForIt
// Says: (and threw)
#include "11_tcp_client/rest.h"

namespace kata {

void send_line(int fd, std::string_view line, std::string& received)
{
    while (!line.empty()) {
        const ssize_t n = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("send");
        line.remove_prefix(static_cast<std::size_t>(n > 0 ? n : 0));
        pollfd p{fd, POLLIN | POLLOUT, 0};
        if (n < 0 && ::poll(&p, 1, -1) > 0 && (p.revents & POLLIN) != 0 && !receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    }
}

} // namespace kata
