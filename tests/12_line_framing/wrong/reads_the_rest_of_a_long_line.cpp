// Mistake: throws away the rest of a line that is too long before it says so
// Caught by: Hostile.RefusesALineWithoutEnd
// Says: bytes were read
#include "12_line_framing/rest.h"

namespace kata {

void check_size(int fd, const std::string& buffer, std::size_t size, std::size_t max_line)
{
    const std::size_t ending = size > 0 && buffer[size - 1] == '\r' ? 1 : 0;
    if (size - ending <= max_line)
        return;
    char rest[4096];
    while (::recv(fd, rest, sizeof rest, MSG_DONTWAIT) > 0) {
    }
    throw std::length_error{"a line is longer than allowed"};
}

} // namespace kata
