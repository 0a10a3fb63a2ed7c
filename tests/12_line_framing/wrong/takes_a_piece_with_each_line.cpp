// Mistake: takes what waits each time that it is asked for a line, whatever it still has: all that a client sends is kept here
// Caught by: Hostile.ReadsLittleAhead
// Says: bytes were read
#include "12_line_framing/rest.h"

#include <sys/ioctl.h>
#include <utility>

namespace kata {

std::optional<std::string> LineReader::next()
{
    int waiting = 0;
    if (::ioctl(fd_, FIONREAD, &waiting) == 0 && waiting > 0)
        receive_more(fd_, buffer_);
    do {
        const std::size_t newline = buffer_.find('\n');
        check_size(fd_, buffer_, newline == std::string::npos ? buffer_.size() : newline, max_line_);
        if (newline != std::string::npos) {
            std::string line = buffer_.substr(0, newline);
            buffer_.erase(0, newline + 1);
            return without_ending(std::move(line));
        }
    } while (receive_more(fd_, buffer_));
    if (buffer_.empty())
        return std::nullopt;
    if (buffer_.size() > max_line_)
        throw std::length_error{"a line is longer than allowed"};
    return std::exchange(buffer_, {});
}

} // namespace kata
