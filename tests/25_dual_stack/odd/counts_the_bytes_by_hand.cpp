// Odd: looks at the twelve bytes itself, and finds the interface in the list of all
#include "25_dual_stack/rest.h"

#include <algorithm>

namespace kata {

bool is_mapped(const in6_addr& address)
{
    for (int i = 0; i < 12; ++i)
        if (address.s6_addr[i] != (i < 10 ? 0 : 0xFF))
            return false;
    return true;
}

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    if (host.family() != AF_INET && host.family() != AF_INET6)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    std::string text = to_string(host);
    text.resize(text.rfind(':'));
    if (host.family() == AF_INET)
        return text;
    text = text.substr(1, std::min(text.find('%'), text.size() - 1) - 1);
    const unsigned scope = as_ipv6(host).sin6_scope_id;
    if (scope == 0 || !text.starts_with("fe") || std::string_view{"89ab"}.find(text[2]) == std::string_view::npos)
        return text; // fe80::/10
    struct if_nameindex* const all = ::if_nameindex();
    if (all == nullptr)
        fail("if_nameindex");
    std::string name = std::to_string(scope);
    for (const struct if_nameindex* one = all; one->if_index != 0; ++one)
        if (one->if_index == scope)
            name = one->if_name;
    ::if_freenameindex(all);
    return text + "%" + name;
}

} // namespace kata
