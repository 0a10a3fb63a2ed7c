// Mistake: takes what one recv() gives for one line
// Caught by: Works.CutsTheStreamAtEachNewline
// Says: came      "one\ntwo\n\nfour
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

std::optional<std::string> LineReader::next()
{
    char chunk[4096];
    const ssize_t n = ::recv(fd_, chunk, sizeof chunk, 0);
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recv"};
    if (n == 0)
        return std::nullopt;
    std::string line(chunk, static_cast<std::size_t>(n));
    if (line.back() == '\n')
        line.pop_back();
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    if (line.size() > max_line_)
        throw std::length_error{"line too long"};
    return line;
}

} // namespace kata
