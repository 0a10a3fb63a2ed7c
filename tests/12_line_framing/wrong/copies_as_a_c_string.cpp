// Mistake: appends what came as a C string: it ends at the first zero
// Caught by: Robust.KeepsEveryByte
// Says: expected  "a\x00b"
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
        char chunk[512] = {};
        const ssize_t n = ::recv(fd_, chunk, sizeof chunk - 1, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recv"};
        if (n == 0)
            break;
        buffer_.append(chunk);
    }
    if (buffer_.empty())
        return std::nullopt;
    std::string rest;
    rest.swap(buffer_);
    seen_ = 0;
    return rest;
}

} // namespace kata
