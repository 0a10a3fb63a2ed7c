// Mistake: takes blanks away at both ends of a line
// Caught by: Robust.KeepsEveryByte
// Says: came      "padded"
#include "12_line_framing/rest.h"

namespace kata {

std::string without_ending(std::string line)
{
    constexpr const char* blanks = " \t\r\v\f";
    line.erase(line.find_last_not_of(blanks) + 1);
    return line.erase(0, line.find_first_not_of(blanks));
}

} // namespace kata
