// Mistake: takes scope 0 for an error
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[fe80::1%0]:80" is taken for AF_INET6, fe80::1, port 80
#include "02_address/rest.h"

#include <charconv>

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    std::uint32_t scope = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scope);
    if (error != std::errc{} || end != digits.data() + digits.size() || scope == 0)
        reject();
    return scope;
}

} // namespace kata
