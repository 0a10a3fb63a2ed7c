// Mistake: asks for max_line + 2 bytes at most, which is 0 for SIZE_MAX - 1
// Caught by: Hostile.TakesEveryLimit
// Says: came      "<the end>"
#include "12_line_framing/rest.h"

#include <algorithm>
#include <utility>

namespace kata {

std::optional<std::string> LineReader::next()
{
    std::size_t newline = 0;
    while ((newline = buffer_.find('\n')) == std::string::npos) {
        check_size(fd_, buffer_, buffer_.size(), max_line_);
        char chunk[4096];
        const ssize_t n = ::recv(fd_, chunk, std::min(sizeof chunk, max_line_ + 2), 0);
        if (n < 0 && errno != EINTR)
            fail("recv");
        if (n == 0)
            return buffer_.empty() ? std::nullopt : std::optional{std::exchange(buffer_, {})};
        buffer_.append(chunk, static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    }
    check_size(fd_, buffer_, newline, max_line_);
    std::string line = without_ending(buffer_.substr(0, newline));
    buffer_.erase(0, newline + 1);
    return line;
}

} // namespace kata
