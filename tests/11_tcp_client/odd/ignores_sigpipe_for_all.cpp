// Odd: ignores SIGPIPE for the whole process as long as it works, sends the newline on its own, and prints as the reply comes
#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <istream>
#include <ostream>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

struct Quiet {
    Quiet() : before{std::signal(SIGPIPE, SIG_IGN)} {}
    Quiet(const Quiet&) = delete;
    ~Quiet() { std::signal(SIGPIPE, before); }
    void (*before)(int);
};

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

bool wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return false;
        pollfd p{fd, events, 0};
        const int n = ::poll(&p, 1, static_cast<int>(left));
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            fail("poll");
    }
}

void send_line(int fd, const std::string& line)
{
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t n = ::send(fd, line.data() + sent, line.size() - sent, 0);
        if (n < 0 && errno != EINTR)
            fail("send");
        sent += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
}

std::string read_line(int fd, std::string& buffer)
{
    for (;;) {
        const std::size_t end = buffer.find('\n');
        if (end != std::string::npos) {
            const std::string line = buffer.substr(0, end);
            buffer.erase(0, end + 1);
            return line;
        }
        char piece[1024];
        const ssize_t n = ::recv(fd, piece, sizeof piece, 0);
        if (n == 0)
            throw std::runtime_error{"the server has left"};
        if (n < 0 && errno != EINTR)
            fail("recv");
        if (n > 0)
            buffer.append(piece, static_cast<std::size_t>(n));
    }
}

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const Quiet quiet;
    const auto deadline = Clock::now() + std::chrono::milliseconds{limit_ms};
    Answer answer{{}, End::timed_out};
    bool writing = true, reset = false;
    while (true) {
        if (writing && request.empty()) {
            ::shutdown(fd, SHUT_WR);
            writing = false;
        }
        if (!wait_for(fd, writing ? POLLIN | POLLOUT : POLLIN, deadline))
            return answer;
        if (writing) {
            const ssize_t n = ::send(fd, request.data(), request.size(), MSG_DONTWAIT);
            if (n > 0) {
                request = request.subspan(static_cast<std::size_t>(n));
            } else if (n < 0 && errno != EINTR && errno != EAGAIN) {
                reset = errno == ECONNRESET;
                writing = false;
            }
        }
        std::byte buffer[16384];
        const ssize_t n = ::recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
        if (n > 0) {
            answer.bytes.insert(answer.bytes.end(), buffer, buffer + n);
        } else if (n == 0) {
            answer.end = reset ? End::reset : End::finished;
            return answer;
        } else if (errno == ECONNRESET) {
            answer.end = End::reset;
            return answer;
        } else if (errno != EINTR && errno != EAGAIN) {
            fail("recv");
        }
    }
}

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const Quiet quiet;
    const UniqueFd fd = connect_any({&server, 1});
    std::string buffer;
    for (std::string line; std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line);
        send_line(fd.get(), "\n");
        if (line == "1")
            break;
        out << read_line(fd.get(), buffer) << '\n' << std::flush;
    }
}

} // namespace kata
