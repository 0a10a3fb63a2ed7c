// Mistake: swaps the bytes of the scope, as those of a port
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: it is taken for AF_INET6, fe80::1%33554432
#include "02_address/rest.h"

#include <charconv>

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    std::uint32_t scope = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scope);
    if (error != std::errc{} || end != digits.data() + digits.size())
        reject();
    return htonl(scope);
}

} // namespace kata
