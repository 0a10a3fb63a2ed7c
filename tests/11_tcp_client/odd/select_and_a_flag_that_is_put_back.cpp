// Odd: waits with select, sets O_NONBLOCK for a while, reads until nothing is left, and only then sends
#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <istream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <sys/select.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

class NonBlocking {
public:
    explicit NonBlocking(int fd) : fd_{fd}, flags_{::fcntl(fd, F_GETFL)} { ::fcntl(fd_, F_SETFL, flags_ | O_NONBLOCK); }
    ~NonBlocking() { ::fcntl(fd_, F_SETFL, flags_); }
    NonBlocking(const NonBlocking&) = delete;
    NonBlocking& operator=(const NonBlocking&) = delete;

private:
    int fd_, flags_;
};

bool wait_for(int fd, bool to_write, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::microseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return false;
        fd_set in, out;
        FD_ZERO(&in);
        FD_ZERO(&out);
        FD_SET(fd, &in);
        if (to_write)
            FD_SET(fd, &out);
        timeval time{left / 1'000'000, left % 1'000'000};
        const int n = ::select(fd + 1, &in, &out, nullptr, &time);
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            fail("select");
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
    const auto deadline = Clock::now() + std::chrono::milliseconds{limit_ms};
    const NonBlocking guard{fd};
    Answer answer{{}, End::timed_out};
    bool writing = true, reset = false;
    do {
        char buffer[3000];
        ssize_t n = 0;
        while ((n = ::read(fd, buffer, sizeof buffer)) > 0) {
            const auto* bytes = reinterpret_cast<const std::byte*>(buffer);
            answer.bytes.insert(answer.bytes.end(), bytes, bytes + n);
            if (Clock::now() >= deadline)
                return answer;
        }
        if (n == 0 || errno == ECONNRESET) {
            answer.end = n < 0 || reset ? End::reset : End::finished;
            return answer;
        }
        const std::size_t size = request.size() < 4096 ? request.size() : 4096;
        if (writing && size > 0 && (n = ::send(fd, request.data(), size, MSG_NOSIGNAL)) > 0) {
            request = request.subspan(static_cast<std::size_t>(n));
        } else if (writing && size > 0 && errno != EAGAIN && errno != EINTR) {
            reset = errno == ECONNRESET;
            writing = false;
        }
        if (writing && request.empty()) {
            writing = false;
            ::shutdown(fd, SHUT_WR);
        }
    } while (wait_for(fd, writing, deadline));
    return answer;
}

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string buffer;
    for (std::string line; std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + "\n");
        if (line == "1")
            break;
        out << read_line(fd.get(), buffer) << '\n' << std::flush;
    }
}

} // namespace kata
