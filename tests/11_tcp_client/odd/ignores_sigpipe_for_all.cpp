// Odd: ignores SIGPIPE for the whole process as long as it sends, and sends the newline on its own
#include "11_tcp_client/rest.h"

#include <csignal>

namespace kata {

namespace {

struct Quiet {
    Quiet() : before{std::signal(SIGPIPE, SIG_IGN)} {}
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() { std::signal(SIGPIPE, before); }
    void (*before)(int);
};

} // namespace

void send_some(Exchange& x)
{
    const Quiet quiet;
    const ssize_t n = ::send(x.fd, x.rest.data(), x.rest.size(), MSG_DONTWAIT);
    const bool gone = n < 0 && (errno == EPIPE || errno == ECONNRESET);
    x.reset = gone && errno == ECONNRESET;
    if (n < 0 && !gone && errno != EINTR && errno != EAGAIN)
        fail("send");
    x.rest = x.rest.subspan(static_cast<std::size_t>(n > 0 ? n : 0));
    x.sending = !x.rest.empty() && !gone;
    if (x.rest.empty())
        half_close(x.fd);
}

void send_line(int fd, std::string_view line, std::string& received)
{
    const Quiet quiet;
    for (short asked = POLLIN | POLLOUT; !line.empty();) {
        const bool is_newline_next = line.size() == 1;
        const ssize_t n = ::send(fd, line.data(), line.size() - (is_newline_next ? 0 : 1), MSG_DONTWAIT);
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
