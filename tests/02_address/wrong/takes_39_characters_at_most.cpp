// Mistake: takes eight groups of four digits for the longest IPv6 address: one that ends as IPv4 does is longer
// Caught by: Works.ReadsAnIPv6Address
// Says: it throws std::invalid_argument
#include "02_address/rest.h"

#include <array>

namespace kata {

sockaddr_in6 parse_ipv6(const std::string& ip)
{
    const std::size_t percent = ip.find('%');
    std::array<char, 40> room{};
    const std::string address = ip.substr(0, percent);
    if (address.size() >= room.size())
        reject();
    address.copy(room.data(), address.size());
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    if (::inet_pton(AF_INET6, room.data(), &in6.sin6_addr) != 1)
        reject();
    if (percent != std::string::npos)
        in6.sin6_scope_id = parse_scope(ip.substr(percent + 1));
    return in6;
}

} // namespace kata
