#include "lab/words/numbers.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace lab {

namespace {

std::vector<std::uint64_t> numbers_in(std::string_view text)
{
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0)
            ++i;
        if (i == begin)
            ++i;
        else if (i - begin <= 20)
            all.push_back(std::strtoull(std::string{text.substr(begin, i - begin)}.c_str(), nullptr, 10));
    }
    return all;
}

std::uint64_t swapped(std::uint64_t n) { return (n & 0xFF) << 8 | n >> 8; }

std::string relation(std::uint64_t right, std::uint64_t came)
{
    const std::string both = std::to_string(came) + " is ", small = std::to_string(right);
    // Small numbers have too many relations to each other.
    if (right > 0 && right <= 0xFFFF && came <= 0xFFFF && swapped(right) == came && (right > 0xFF || came > 0xFF))
        return both + small + " with its bytes swapped: htons() forgotten, or once too often";
    if (came == UINT64_MAX)
        return both + "-1 in an unsigned type of 64 bits";
    if (came == UINT32_MAX)
        return both + "-1 in an unsigned type of 32 bits";
    for (const int bits : std::array{32, 16}) {
        const std::uint64_t base = std::uint64_t{1} << bits;
        const std::string width = std::to_string(bits);
        if (right < base && came == base + right)
            return (both + "2^").append(width).append(" + ").append(small);
        if (right >= base && came > 0 && came == right % base)
            return (both + small)
                .append(" modulo 2^")
                .append(width)
                .append(": it went through a type of ")
                .append(width)
                .append(" bits");
    }
    return "";
}

} // namespace

std::string number_remark(const std::string& expected, const std::string& came)
{
    const std::vector<std::uint64_t> right = numbers_in(expected), wrong = numbers_in(came);
    for (std::size_t i = 0; right.size() == wrong.size() && i < right.size(); ++i)
        if (right[i] != wrong[i])
            if (const std::string words = relation(right[i], wrong[i]); !words.empty())
                return "\n          " + words;
    return "";
}

} // namespace lab
