#pragma once

#include <cctype>
#include <cstddef>
#include <span>
#include <string>

namespace kata {

// A stranger's bytes must not steer the terminal that they are printed on.
inline std::string printable(std::span<const std::byte> bytes)
{
    std::string text;
    for (const std::byte b : bytes)
        text += std::isprint(std::to_integer<int>(b)) != 0 ? static_cast<char>(b) : '.';
    return text;
}

} // namespace kata
