// Mistake: lets a scope that is too large wrap around
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[fe80::1%4294967296]:80" throws std::invalid_argument
#include "02_address/rest.h"

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    std::uint32_t scope = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            reject();
        scope = scope * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    if (digits.empty())
        reject();
    return scope;
}

} // namespace kata
