// Mistake: takes every "\r" at the end of what came for an ending, and not only the last
// Caught by: Hostile.RefusesALineAsSoonAsItIsTooLong
// Says: nothing will ever wake it
#include "12_line_framing/rest.h"

namespace kata {

void check_size(int /*fd*/, const std::string& buffer, std::size_t size, std::size_t max_line)
{
    while (size > 0 && buffer[size - 1] == '\r')
        --size;
    if (size > max_line)
        throw std::length_error{"a line is longer than allowed"};
}

} // namespace kata
