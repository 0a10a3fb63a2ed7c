// Odd: waits with epoll and a copy of the descriptor, and reads replies one byte at a time
#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <cerrno>
#include <chrono>
#include <istream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

bool wait_for(int epoll, int fd, unsigned events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return false;
        epoll_event event{};
        event.events = events;
        ::epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
        const int n = ::epoll_wait(epoll, &event, 1, static_cast<int>(left));
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            fail("epoll_wait");
    }
}

void send_line(int fd, const std::string& line)
{
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t n = ::send(fd, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            fail("send");
        sent += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
}

std::string read_line(int fd)
{
    std::string line;
    for (;;) {
        char byte = 0;
        const ssize_t n = ::read(fd, &byte, 1);
        if (n == 0)
            throw std::runtime_error{"the server has left"};
        if (n < 0 && errno != EINTR)
            fail("read");
        if (n > 0 && byte == '\n')
            return line;
        if (n > 0)
            line += byte;
    }
}

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = Clock::now() + std::chrono::milliseconds{limit_ms};
    Answer answer{{}, End::timed_out};
    const UniqueFd copy{::dup(fd)};
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    epoll_event nothing{};
    ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, copy.get(), &nothing);
    bool writing = true, reset = false;
    while (true) {
        if (writing && request.empty()) {
            ::shutdown(fd, SHUT_WR);
            writing = false;
        }
        if (!wait_for(epoll.get(), copy.get(), writing ? EPOLLIN | EPOLLOUT : EPOLLIN, deadline))
            return answer;
        if (writing) {
            const ssize_t n = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
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
    const UniqueFd fd = connect_any({&server, 1});
    for (std::string line; std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + "\n");
        if (line == "1")
            break;
        out << read_line(fd.get()) << '\n' << std::flush;
    }
}

} // namespace kata
