#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <cerrno>
#include <chrono>
#include <istream>
#include <ostream>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// What a call gave; 0 when it did nothing and is to be made again.
std::size_t checked(ssize_t n, const char* call)
{
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        throw std::system_error{errno, std::generic_category(), call};
    return n > 0 ? static_cast<std::size_t>(n) : 0;
}

// Sends what fits, and says so when that was all. Gives the errno by which the peer refuses more, or 0.
int send_some(int fd, std::span<const std::byte>& rest)
{
    const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
        return errno;
    rest = rest.subspan(checked(n, "send"));
    if (rest.empty() && ::shutdown(fd, SHUT_WR) < 0 && errno != ENOTCONN) // that is the peer's doing, and recv() tells it
        throw std::system_error{errno, std::generic_category(), "shutdown"};
    return 0;
}

// Adds what has come; waits for it where `flags` do not forbid that. False at the end of the stream.
template <class Bytes>
bool receive_some(int fd, int flags, Bytes& received)
{
    typename Bytes::value_type piece[65536];
    const ssize_t n = ::recv(fd, piece, sizeof piece, flags);
    received.insert(received.end(), piece, piece + checked(n, "recv"));
    return n != 0;
}

// Sends it all. While there is no room, the server may be waiting for us to read.
void send_line(int fd, std::string_view line, std::string& received)
{
    bool reading = true; // until the stream ends: then it is readable for ever
    while (!line.empty()) {
        const std::size_t sent = checked(::send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT), "send");
        line.remove_prefix(sent);
        pollfd p{fd, static_cast<short>(reading ? POLLIN | POLLOUT : POLLOUT), 0};
        if (sent == 0 && checked(::poll(&p, 1, -1), "poll") > 0 && (p.revents & POLLIN) != 0)
            reading = receive_some(fd, 0, received);
    }
}

// The next line, without its newline. `received` keeps what came behind it.
std::string receive_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    for (std::size_t seen = 0; (newline = received.find('\n', seen)) == std::string::npos;) {
        seen = received.size();
        if (!receive_some(fd, 0, received))
            throw std::runtime_error{"the server ended the conversation"};
    }
    std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{limit_ms}; // nobody sets that clock
    Answer answer{{}, End::timed_out};
    bool sending = true; // asked for when nothing is left to send, POLLOUT would be true for ever, and poll() never sleep
    int refusal = 0;
    while (answer.end == End::timed_out) {
        // What is left: a signal must not begin the time anew. Rounded up, or the last millisecond is a spin.
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return answer;
        if (sending) { // before the wait: poll() passes over a descriptor of -1, and send() says EBADF
            refusal = send_some(fd, request);
            sending = refusal == 0 && !request.empty();
        }
        pollfd p{fd, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
        checked(::poll(&p, 1, static_cast<int>(left)), "poll");
        try { // after POLLERR and POLLHUP, too: the last bytes come first
            if ((p.revents & ~POLLOUT) != 0 && !receive_some(fd, MSG_DONTWAIT, answer.bytes))
                answer.end = refusal == ECONNRESET ? End::reset : End::finished; // a reset is told once: send() may have heard it
        } catch (const std::system_error& e) {
            if (e.code() != std::errc::connection_reset)
                throw;
            answer.end = End::reset;
        }
    }
    return answer;
}

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (!line.empty())
            send_line(fd.get(), line + '\n', received);
        if (!line.empty() && line != "1")
            out << receive_line(fd.get(), received) << std::endl; // flushed: a person waits for it
    }
}

} // namespace kata
