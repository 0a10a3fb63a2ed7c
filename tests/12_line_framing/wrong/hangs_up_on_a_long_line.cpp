// Mistake: ends the connection when a line is too long: nobody can tell its sender why
// Caught by: Hostile.LeavesTheConnectionToItsOwner
// Says: ann receives "too long\n"
#include "12_line_framing/rest.h"

namespace kata {

void check_size(int fd, const std::string& buffer, std::size_t size, std::size_t max_line)
{
    const std::size_t ending = size > 0 && buffer[size - 1] == '\r' ? 1 : 0;
    if (size - ending <= max_line)
        return;
    ::shutdown(fd, SHUT_RDWR);
    throw std::length_error{"a line is longer than allowed"};
}

} // namespace kata
