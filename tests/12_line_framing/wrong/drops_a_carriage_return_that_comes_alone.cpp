// Mistake: a "\r" that is all of the last line is no line
// Caught by: Robust.TakesOneCarriageReturnAndNoMore
// Says: <the end>
#include "12_line_framing/rest.h"

#include <utility>

namespace kata {

std::optional<std::string> LineReader::next()
{
    do {
        const std::size_t newline = buffer_.find('\n');
        check_size(fd_, buffer_, newline == std::string::npos ? buffer_.size() : newline, max_line_);
        if (newline != std::string::npos) {
            std::string line = buffer_.substr(0, newline);
            buffer_.erase(0, newline + 1);
            return without_ending(std::move(line));
        }
    } while (receive_more(fd_, buffer_));
    if (buffer_.empty() || buffer_ == "\r")
        return std::nullopt;
    if (buffer_.size() > max_line_)
        throw std::length_error{"a line is longer than allowed"};
    return std::exchange(buffer_, {});
}

} // namespace kata
