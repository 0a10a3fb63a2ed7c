// Mistake: waits an hour at most until the server takes more of a line
// Caught by: Hostile.GivesTheServerAllTheTimeThatItWants
// Says: came      "(and threw)"
#include "11_tcp_client/rest.h"

namespace kata {

void send_line(int fd, std::string_view line, std::string& received)
{
    while (!line.empty()) {
        const ssize_t n = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("send");
        if (n >= 0) {
            line.remove_prefix(static_cast<std::size_t>(n));
            continue;
        }
        const short came = wait_for(fd, POLLIN | POLLOUT, deadline_of(3'600'000));
        if (came == 0)
            throw std::system_error{ETIMEDOUT, std::generic_category(), "poll"};
        if ((came & POLLIN) != 0 && !receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    }
}

} // namespace kata
