// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "12_line_framing/rest.h"

#include <utility>

namespace kata {

[[gnu::weak]] bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

[[gnu::weak]] void check_size(int /*fd*/, const std::string& buffer, std::size_t size, std::size_t max_line)
{
    const std::size_t ending = size > 0 && buffer[size - 1] == '\r' ? 1 : 0;
    if (size - ending > max_line)
        throw std::length_error{"a line is longer than allowed"};
}

[[gnu::weak]] std::string without_ending(std::string line)
{
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

[[gnu::weak]] LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

[[gnu::weak]] std::optional<std::string> LineReader::next()
{
    do {
        const std::size_t newline = buffer_.find('\n', seen_);
        const bool complete = newline != std::string::npos;
        seen_ = complete ? newline : buffer_.size();
        check_size(fd_, buffer_, seen_, max_line_);
        if (complete) {
            std::string line = buffer_.substr(0, newline);
            buffer_.erase(0, newline + 1);
            seen_ = 0;
            return without_ending(std::move(line));
        }
    } while (receive_more(fd_, buffer_));
    if (buffer_.empty())
        return std::nullopt;
    if (buffer_.size() > max_line_)
        throw std::length_error{"a line is longer than allowed"};
    seen_ = 0;
    return std::exchange(buffer_, {});
}

} // namespace kata
