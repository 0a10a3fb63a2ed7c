// Mistake: keeps the scope of the text that it has read before
// Caught by: Robust.ReadsTheScopeOfAnIPv6Address
// Says: is taken for AF_INET6, fe80::1, port 80
#include "02_address/rest.h"

namespace kata {

sockaddr_in6 parse_ipv6(const std::string& ip)
{
    static sockaddr_in6 in6;
    const std::size_t percent = ip.find('%');
    in6.sin6_family = AF_INET6;
    if (percent != std::string::npos)
        in6.sin6_scope_id = parse_scope(std::string_view{ip}.substr(percent + 1));
    if (::inet_pton(AF_INET6, ip.substr(0, percent).c_str(), &in6.sin6_addr) != 1)
        reject();
    return in6;
}

} // namespace kata
