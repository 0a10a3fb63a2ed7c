// Odd: polls first, uses read(), and reads in large pieces
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>

namespace kata {

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

std::optional<std::string> LineReader::next()
{
    for (;;) {
        const std::size_t newline = buffer_.find('\n', seen_);
        const bool complete = newline != std::string::npos;
        seen_ = complete ? newline : buffer_.size();
        std::string line = buffer_.substr(0, seen_);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.size() > max_line_)
            throw std::length_error{"line too long"};
        if (complete) {
            buffer_.erase(0, newline + 1);
            seen_ = 0;
            return line;
        }
        timeval limit{}; // the caller's, who may have none
        socklen_t size = sizeof limit;
        ::getsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
        const auto patience = static_cast<int>(limit.tv_sec * 1000 + limit.tv_usec / 1000);
        pollfd readable{fd_, POLLIN, 0};
        if (::poll(&readable, 1, patience > 0 ? patience : -1) < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        static thread_local char chunk[65536];
        const ssize_t n = ::read(fd_, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recv"};
        if (n == 0)
            break;
        buffer_.append(chunk, static_cast<std::size_t>(n));
    }
    if (buffer_.empty())
        return std::nullopt;
    if (buffer_.size() > max_line_) // with a lone "\r" at its end
        throw std::length_error{"line too long"};
    std::string rest;
    rest.swap(buffer_);
    seen_ = 0;
    return rest;
}

} // namespace kata
