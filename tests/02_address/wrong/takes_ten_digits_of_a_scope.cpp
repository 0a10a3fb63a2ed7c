// Mistake: takes a scope of more than ten digits for too large, zeros in front and all
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[fe80::1%000000000000002]:80" is taken for AF_INET6, fe80::1%2, port 80
#include "02_address/rest.h"

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    if (digits.empty() || digits.size() > 10)
        reject();
    std::uint64_t scope = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            reject();
        scope = scope * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    if (scope > UINT32_MAX)
        reject();
    return static_cast<std::uint32_t>(scope);
}

} // namespace kata
