// Mistake: cuts the scope off: the address may be on any interface then
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: it is taken for AF_INET6, fe80::1, port 80
#include "02_address/rest.h"

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
        reject();
    return 0;
}

} // namespace kata
