// A whole client, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "11_tcp_client/rest.h"

namespace kata {

[[gnu::weak]] Clock::time_point deadline_of(int limit_ms) { return Clock::now() + std::chrono::milliseconds{limit_ms}; }

[[gnu::weak]] short wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return 0;
        pollfd p{fd, events, 0};
        const int n = ::poll(&p, 1, static_cast<int>(left));
        if (n > 0)
            return p.revents;
        if (n < 0 && errno != EINTR)
            fail("poll");
    }
}

[[gnu::weak]] void half_close(int fd)
{
    if (::shutdown(fd, SHUT_WR) < 0 && errno != ENOTCONN)
        fail("shutdown");
}

[[gnu::weak]] void send_some(Exchange& x)
{
    const ssize_t n = ::send(x.fd, x.rest.data(), x.rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n >= 0) {
        x.rest = x.rest.subspan(static_cast<std::size_t>(n));
        x.sending = !x.rest.empty();
        if (!x.sending)
            half_close(x.fd);
    } else if (errno == EPIPE || errno == ECONNRESET) {
        x.reset = errno == ECONNRESET;
        x.sending = false;
    } else if (errno != EINTR && errno != EAGAIN) {
        fail("send");
    }
}

[[gnu::weak]] bool receive_some(Exchange& x)
{
    std::byte piece[16384];
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno == ECONNRESET)) {
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    if (n > 0)
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
    return true;
}

[[gnu::weak]] Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    if (fd < 0) { // poll() would pass over it
        errno = EBADF;
        fail("exchange");
    }
    const auto deadline = deadline_of(limit_ms);
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    return x.answer;
}

[[gnu::weak]] bool receive_more(int fd, std::string& received)
{
    char piece[16384];
    const ssize_t n = ::recv(fd, piece, sizeof piece, 0);
    if (n < 0 && errno != EINTR)
        fail("recv");
    received.append(piece, static_cast<std::size_t>(n > 0 ? n : 0));
    return n != 0;
}

[[gnu::weak]] void send_line(int fd, std::string_view line, std::string& received)
{
    for (short asked = POLLIN | POLLOUT; !line.empty();) {
        const ssize_t n = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("send");
        if (n >= 0) {
            line.remove_prefix(static_cast<std::size_t>(n));
            continue;
        }
        pollfd p{fd, asked, 0};
        if (::poll(&p, 1, -1) < 0 && errno != EINTR)
            fail("poll");
        if ((p.revents & POLLIN) != 0 && !receive_more(fd, received))
            asked = POLLOUT; // it has ended, and may still be reading
    }
}

[[gnu::weak]] std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    for (std::size_t seen = 0; (newline = received.find('\n', seen)) == std::string::npos;) {
        seen = received.size();
        if (!receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    }
    std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

[[gnu::weak]] void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
