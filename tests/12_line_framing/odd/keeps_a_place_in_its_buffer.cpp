// Odd: erases nothing while there is a line left, but remembers how far it has come; FIONREAD says how much to ask for
#include "12_line_framing/line_framing.h"

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace kata {

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

std::optional<std::string> LineReader::next() // here seen_ is where the next line begins
{
    for (bool ended = false;;) {
        const std::string_view rest = std::string_view{buffer_}.substr(seen_);
        std::string_view line = rest.substr(0, rest.find('\n'));
        const bool complete = line.size() < rest.size();
        const std::size_t whole = line.size() + (complete ? 1 : 0);
        if (!ended && !line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (line.size() > max_line_)
            throw std::length_error{"line too long"};
        if (complete || ended) {
            if (whole == 0)
                return std::nullopt;
            seen_ += whole;
            return std::string{line};
        }
        buffer_.erase(0, seen_);
        seen_ = 0;
        int waiting = 0;
        ::ioctl(fd_, FIONREAD, &waiting);
        std::vector<char> piece(static_cast<std::size_t>(std::clamp(waiting, 1, 8192)));
        const ssize_t n = ::read(fd_, piece.data(), piece.size());
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "read"};
        ended = n == 0;
        buffer_.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    }
}

} // namespace kata
