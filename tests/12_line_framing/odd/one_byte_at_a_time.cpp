// Odd: asks for one byte with each call, so that nothing is ever read ahead
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

std::optional<std::string> LineReader::next()
{
    for (;;) {
        const std::size_t newline = buffer_.find('\n', seen_);
        const bool complete = newline != std::string::npos;
        seen_ = complete ? newline : buffer_.size();
        const std::size_t length = seen_ > 0 && buffer_[seen_ - 1] == '\r' ? seen_ - 1 : seen_;
        if (length > max_line_)
            throw std::length_error{"line too long"};
        if (complete) {
            std::string line = buffer_.substr(0, length);
            buffer_.erase(0, newline + 1);
            seen_ = 0;
            return line;
        }
        char chunk[1];
        const ssize_t n = ::recv(fd_, chunk, sizeof chunk, 0);
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
