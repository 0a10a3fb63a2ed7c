// Mistake: takes names of interfaces, too
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: "[fe80::1%lo]:80" throws std::invalid_argument
#include "02_address/rest.h"

#include <charconv>
#include <net/if.h>

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    std::uint32_t scope = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scope);
    if (error == std::errc{} && end == digits.data() + digits.size())
        return scope;
    scope = ::if_nametoindex(std::string{digits}.c_str());
    if (scope == 0)
        reject();
    return scope;
}

} // namespace kata
