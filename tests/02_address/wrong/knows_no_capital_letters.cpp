// Mistake: looks at the characters of an IPv6 address first, and forgets the capital letters
// Caught by: Works.ReadsAnIPv6Address
// Says: it throws std::invalid_argument
#include "02_address/rest.h"

namespace kata {

sockaddr_in6 parse_ipv6(const std::string& ip)
{
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    const std::size_t percent = ip.find('%');
    const std::string digits = ip.substr(0, percent);
    if (digits.find_first_not_of("0123456789abcdef:.") != std::string::npos)
        reject();
    if (::inet_pton(AF_INET6, digits.c_str(), &in6.sin6_addr) != 1)
        reject();
    if (percent != std::string::npos)
        in6.sin6_scope_id = parse_scope(std::string_view{ip}.substr(percent + 1));
    return in6;
}

} // namespace kata
