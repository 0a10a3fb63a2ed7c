// Mistake: prints the name of the interface, where there is one
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: to_string(parse_endpoint("[fe80::1%1]:80")) is "[fe80::1%1]:80"
#include "02_address/rest.h"

#include <net/if.h>

namespace kata {

std::string scope_text(std::uint32_t scope)
{
    char name[IF_NAMESIZE] = "";
    if (scope == 0)
        return "";
    return ::if_indextoname(scope, name) == nullptr ? "%" + std::to_string(scope) : std::string{"%"} + name;
}

} // namespace kata
