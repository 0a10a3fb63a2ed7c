#pragma once

#include <cstddef>
#include <string_view>

namespace kata {

// True when `bytes` is well-formed UTF-8 (RFC 3629 section 4): no stray or missing continuation bytes, no overlong forms, no
// surrogates, nothing above U+10FFFF. Given, and correct: the review is about the sockets.
inline bool is_utf8(std::string_view bytes)
{
    const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u; };
    for (std::size_t i = 0; i < bytes.size();) {
        const unsigned lead = at(i), second = at(i + 1);
        const std::size_t size = lead < 0x80                   ? 1
                                 : lead >= 0xC2 && lead < 0xE0 ? 2
                                 : lead >= 0xE0 && lead < 0xF0 ? 3
                                 : lead >= 0xF0 && lead < 0xF5 ? 4
                                                               : 0;
        const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        const bool beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
        if (size == 0 || overlong || beyond)
            return false;
        for (std::size_t k = 1; k < size; ++k)
            if ((at(i + k) & 0xC0) != 0x80)
                return false;
        i += size;
    }
    return true;
}

} // namespace kata
