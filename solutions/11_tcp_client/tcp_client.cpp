#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <cerrno>
#include <chrono>
#include <istream>
#include <ostream>
#include <poll.h>
#include <stdexcept>
#include <string>
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

// The events that came on `fd`; 0 when the time is over.
short wait_for(int fd, short events, std::chrono::steady_clock::time_point deadline)
{
    pollfd p{fd, events, 0};
    for (;;) {
        // What is left: a signal must not begin the time anew. Rounded up, or the last millisecond is a spin.
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return 0;
        if (checked(::poll(&p, 1, static_cast<int>(left)), "poll") > 0)
            return p.revents;
    }
}

// Sends what fits: POLLOUT promises room, not how much. Gives the errno by which the peer refuses more, or 0.
int send_some(int fd, std::span<const std::byte>& rest)
{
    const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
        return errno;
    rest = rest.subspan(checked(n, "send"));
    return 0;
}

// False when the answer has ended. Called after POLLERR and POLLHUP, too: recv() gives the last bytes first.
bool receive_some(int fd, Answer& answer)
{
    std::byte piece[65536];
    const ssize_t n = ::recv(fd, piece, sizeof piece, MSG_DONTWAIT);
    const bool over = n == 0 || (n < 0 && errno == ECONNRESET);
    if (over)
        answer.end = n == 0 ? End::finished : End::reset;
    else
        answer.bytes.insert(answer.bytes.end(), piece, piece + checked(n, "recv"));
    return !over;
}

// The next line, without its newline. `received` keeps what came behind it.
std::string receive_line(int fd, std::string& received)
{
    char piece[4096];
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos) {
        const ssize_t n = ::recv(fd, piece, sizeof piece, 0);
        if (n == 0)
            throw std::runtime_error{"the server ended the conversation"};
        received.append(piece, checked(n, "recv"));
    }
    std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{limit_ms}; // that clock is never set
    Answer answer{{}, End::timed_out};
    bool sending = true; // asked for when nothing is left to send, POLLOUT would be true for ever, and poll() never sleep
    int refusal = 0;
    while (const short ready = wait_for(fd, sending ? POLLIN | POLLOUT : POLLIN, deadline)) {
        if (sending && (ready & POLLOUT) != 0) {
            refusal = send_some(fd, request);
            sending = refusal == 0 && !request.empty();
            if (request.empty())
                ::shutdown(fd, SHUT_WR); // "that was all"; we go on reading
        }
        if ((ready & ~POLLOUT) != 0 && !receive_some(fd, answer)) {
            if (refusal == ECONNRESET) // an error is told once: after send() heard it, recv() only says "end"
                answer.end = End::reset;
            return answer;
        }
    }
    return answer;
}

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty())
            continue;
        const std::string message = line + '\n';
        for (auto rest = std::as_bytes(std::span{message}); !rest.empty();)
            rest = rest.subspan(checked(::send(fd.get(), rest.data(), rest.size(), MSG_NOSIGNAL), "send"));
        if (line != "1")
            out << receive_line(fd.get(), received) << std::endl; // flushed: a person waits for it
    }
}

} // namespace kata
