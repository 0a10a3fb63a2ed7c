// Mistake: takes a % with nothing behind it for no scope
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[fe80::1%]:80" throws std::invalid_argument
#include "02_address/rest.h"

#include <charconv>

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    std::uint32_t scope = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scope);
    if (!digits.empty() && (error != std::errc{} || end != digits.data() + digits.size()))
        reject();
    return scope;
}

} // namespace kata
