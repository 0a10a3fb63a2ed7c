// Mistake: copies an IPv6 address into INET6_ADDRSTRLEN bytes, and does not ask whether it was cut
// Caught by: Hostile.ATextMayBeLong
// Says: 0000:ffff:2".. throws std::invalid_argument
#include "02_address/rest.h"

namespace kata {

sockaddr_in6 parse_ipv6(const std::string& ip)
{
    const std::size_t percent = ip.find('%');
    char room[INET6_ADDRSTRLEN] = "";
    ip.copy(room, std::min(percent, sizeof room - 1));
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    if (::inet_pton(AF_INET6, room, &in6.sin6_addr) != 1)
        reject();
    if (percent != std::string::npos)
        in6.sin6_scope_id = parse_scope(std::string_view{ip}.substr(percent + 1));
    return in6;
}

} // namespace kata
