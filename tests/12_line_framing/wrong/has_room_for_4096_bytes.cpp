// Mistake: has a buffer of a fixed size, and takes a line that does not fit for one that is too long
// Caught by: Hostile.TakesALongLine
// Says: the line of 70000 bytes did not come back
#include "12_line_framing/rest.h"

#include <algorithm>

namespace kata {

void check_size(int /*fd*/, const std::string& buffer, std::size_t size, std::size_t max_line)
{
    const std::size_t ending = size > 0 && buffer[size - 1] == '\r' ? 1 : 0;
    constexpr std::size_t room = 4096;
    if (size - ending > std::min(max_line, room))
        throw std::length_error{"a line is longer than allowed"};
}

} // namespace kata
