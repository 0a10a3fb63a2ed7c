#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <istream>
#include <optional>
#include <ostream>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock; // the wall clock may be set while we wait

// What a send() or recv() moved; 0 when it is to be made again.
std::size_t moved(ssize_t n, const char* call)
{
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        throw std::system_error{errno, std::generic_category(), call};
    return n > 0 ? static_cast<std::size_t>(n) : 0;
}

// The events that came on `fd`; 0 when the time is over.
short wait_for(int fd, short events, Clock::time_point deadline)
{
    pollfd p{fd, events, 0};
    for (;;) {
        // What is left now, for a signal must not begin the time anew; rounded up, or the last millisecond is a spin.
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return 0;
        if (::poll(&p, 1, static_cast<int>(left)) >= 0)
            return p.revents;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
    }
}

// The errno by which the peer refuses more; 0 while it takes some.
int send_some(int fd, std::span<const std::byte>& rest)
{
    // POLLOUT promises room, not how much: a blocking send() of all would wait, and not read.
    const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
        return errno;
    rest = rest.subspan(moved(n, "send"));
    return 0;
}

// How the answer ended, if it did.
std::optional<End> receive_some(int fd, std::vector<std::byte>& answer)
{
    std::array<std::byte, 65536> piece;
    const ssize_t n = ::recv(fd, piece.data(), piece.size(), MSG_DONTWAIT);
    if (n == 0)
        return End::finished;
    if (n < 0 && errno == ECONNRESET)
        return End::reset;
    answer.insert(answer.end(), piece.data(), piece.data() + moved(n, "recv"));
    return {};
}

// The next line, without its newline. `received` keeps what came behind it.
std::string receive_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    for (std::size_t seen = 0; (newline = received.find('\n', seen)) == std::string::npos;) {
        seen = received.size();
        std::array<char, 4096> piece;
        const ssize_t n = ::recv(fd, piece.data(), piece.size(), 0);
        if (n == 0)
            throw std::runtime_error{"the server ended the conversation"};
        received.append(piece.data(), moved(n, "recv"));
    }
    std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds{limit_ms};
    Answer answer{{}, End::timed_out};
    int refusal = 0;
    for (bool sending = true;;) {
        if (sending && request.empty()) {
            ::shutdown(fd, SHUT_WR); // "that was all"; we go on reading
            sending = false;         // and ask for POLLOUT no more: it is always true, and poll() would never sleep
        }
        const short ready = wait_for(fd, sending ? POLLIN | POLLOUT : POLLIN, deadline);
        if (ready == 0)
            return answer;
        if (sending && (ready & POLLOUT) != 0) {
            refusal = send_some(fd, request);
            sending = refusal == 0; // no more of ours, but what the peer said before waits to be read
        }
        if ((ready & ~POLLOUT) == 0) // POLLERR and POLLHUP are for recv(), too: it gives the last bytes first
            continue;
        if (const std::optional<End> end = receive_some(fd, answer.bytes)) {
            answer.end = refusal == ECONNRESET ? End::reset : *end; // a reset is told once: after send(), recv() says "end"
            return answer;
        }
    }
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
            rest = rest.subspan(moved(::send(fd.get(), rest.data(), rest.size(), MSG_NOSIGNAL), "send"));
        if (line != "1")
            out << receive_line(fd.get(), received) << std::endl; // flushed: a person waits for it
    }
}

} // namespace kata
