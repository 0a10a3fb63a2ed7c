// Mistake: keeps what is left over in a table, by the number of the connection
// Caught by: Robust.BeginsEmptyOnANewConnection
// Says: came      "ann 2"
#include "12_line_framing/rest.h"

#include <map>
#include <utility>

namespace kata {

std::optional<std::string> LineReader::next()
{
    static std::map<int, std::string> left_over;
    std::string& buffer = left_over[fd_];
    std::size_t newline = 0;
    while ((newline = buffer.find('\n')) == std::string::npos) {
        check_size(fd_, buffer, buffer.size(), max_line_);
        if (!receive_more(fd_, buffer))
            break;
    }
    if (newline == std::string::npos && buffer.size() > max_line_)
        throw std::length_error{"a line is longer than allowed"};
    if (buffer.empty())
        return std::nullopt;
    if (newline == std::string::npos)
        return std::exchange(buffer, {});
    check_size(fd_, buffer, newline, max_line_);
    std::string line = buffer.substr(0, newline);
    buffer.erase(0, newline + 1);
    return without_ending(std::move(line));
}

} // namespace kata
