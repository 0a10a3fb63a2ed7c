// Mistake: tries again at once while the other side takes nothing
// Caught by: Hostile.NeverWaitsForAServerThatWaitsForIt
// Says: busy loop
#include "11_tcp_client/rest.h"

namespace kata {

void send_line(int fd, std::string_view line, std::string& received)
{
    while (!line.empty()) {
        const ssize_t n = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("send");
        line.remove_prefix(static_cast<std::size_t>(n > 0 ? n : 0));
        char piece[4096];
        const ssize_t came = ::recv(fd, piece, sizeof piece, MSG_DONTWAIT);
        received.append(piece, static_cast<std::size_t>(came > 0 ? came : 0));
    }
}

} // namespace kata
