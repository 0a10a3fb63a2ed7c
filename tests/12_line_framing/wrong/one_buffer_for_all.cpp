// Mistake: keeps what is left over in one static buffer for all connections
// Caught by: Robust.KeepsTwoConnectionsApart
// Says: came      "ann 2"
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

std::string left_over;

}

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

std::optional<std::string> LineReader::next()
{
    for (;;) {
        const std::size_t newline = left_over.find('\n', seen_);
        const bool complete = newline != std::string::npos;
        seen_ = complete ? newline : left_over.size();
        std::string line = left_over.substr(0, seen_);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.size() > max_line_)
            throw std::length_error{"line too long"};
        if (complete) {
            left_over.erase(0, newline + 1);
            seen_ = 0;
            return line;
        }
        char chunk[512];
        const ssize_t n = ::recv(fd_, chunk, sizeof chunk, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recv"};
        if (n == 0)
            break;
        left_over.append(chunk, static_cast<std::size_t>(n));
    }
    if (left_over.empty())
        return std::nullopt;
    std::string rest;
    rest.swap(left_over);
    seen_ = 0;
    return rest;
}

} // namespace kata
