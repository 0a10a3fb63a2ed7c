// Mistake: in a complete line, no "\r" before the ending counts
// Caught by: Hostile.RefusesALineAsSoonAsItIsTooLong
// Says: threw length_error
#include "12_line_framing/rest.h"

namespace kata {

void check_size(int /*fd*/, const std::string& buffer, std::size_t size, std::size_t max_line)
{
    const bool complete = size < buffer.size();
    if (size > 0 && buffer[size - 1] == '\r')
        --size;
    while (complete && size > 0 && buffer[size - 1] == '\r')
        --size;
    if (size > max_line)
        throw std::length_error{"a line is longer than allowed"};
}

} // namespace kata
