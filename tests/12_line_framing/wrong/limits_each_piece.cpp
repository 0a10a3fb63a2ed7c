// Mistake: measures what one recv() brought, and not the line that grows
// Caught by: Hostile.RefusesALineAsSoonAsItIsTooLong
// Says: stuck
#include "12_line_framing/rest.h"

namespace kata {

std::optional<std::string> LineReader::next()
{
    do {
        const std::size_t newline = buffer_.find('\n', seen_);
        const bool complete = newline != std::string::npos;
        const std::size_t size = complete ? newline : buffer_.size();
        const std::string piece = buffer_.substr(seen_, size - seen_);
        check_size(fd_, piece, piece.size(), max_line_);
        seen_ = size;
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
    std::string rest;
    rest.swap(buffer_);
    return rest;
}

} // namespace kata
