// Mistake: reserves as much memory as a line may need
// Caught by: Hostile.TakesEveryLimit
// Says: threw std::length_error
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

// Appends what one recv() gives; false at the end of the stream.
bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recv"};
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

void drop_carriage_return(std::string& line)
{
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
}

} // namespace

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} { buffer_.reserve(max_line); }

std::optional<std::string> LineReader::next()
{
    for (;;) {
        const std::size_t newline = buffer_.find('\n', seen_);
        const bool complete = newline != std::string::npos;
        const std::size_t size = complete ? newline : buffer_.size();
        seen_ = size;
        const std::size_t ending = size > 0 && buffer_[size - 1] == '\r' ? 1 : 0;
        if (size - ending > max_line_)
            throw std::length_error{"a line is longer than allowed"};
        if (complete) {
            std::string line = buffer_.substr(0, size);
            buffer_.erase(0, size + 1);
            seen_ = 0;
            drop_carriage_return(line);
            return line;
        }
        if (!receive_more(fd_, buffer_))
            break;
    }
    if (buffer_.empty())
        return std::nullopt;
    if (buffer_.size() > max_line_) // a lone "\r" at the end belongs to the line after all
        throw std::length_error{"a line is longer than allowed"};
    seen_ = 0;
    return std::exchange(buffer_, {});
}

} // namespace kata
