// Odd: reads from the front, the digits by hand, and puts the port of both families through sockaddr_in
#include "02_address/rest.h"

#include <cstring>

namespace kata {

std::uint32_t parse_scope(std::string_view digits)
{
    std::uint64_t scope = 0;
    if (digits.empty())
        reject();
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            reject();
        scope = scope * 10 + static_cast<std::uint64_t>(digit - '0');
        if (scope > UINT32_MAX)
            reject();
    }
    return static_cast<std::uint32_t>(scope);
}

std::uint16_t parse_port(std::string_view digits)
{
    if (const std::uint32_t port = parse_scope(digits); port <= 65535)
        return static_cast<std::uint16_t>(port);
    reject();
}

Endpoint parse_endpoint(std::string_view text)
{
    const bool v6 = text.substr(0, 1) == "[";
    const std::size_t end = v6 ? text.find(']') : text.find(':'), colon = v6 ? end + 1 : end;
    if (end == std::string_view::npos || colon >= text.size() || text[colon] != ':')
        reject();
    const std::string ip{text.substr(v6 ? 1 : 0, v6 ? end - 1 : end)};
    if (std::strlen(ip.c_str()) != ip.size())
        reject();
    Endpoint endpoint;
    if (v6)
        reinterpret_cast<sockaddr_in6&>(endpoint.storage) = parse_ipv6(ip);
    else
        reinterpret_cast<sockaddr_in&>(endpoint.storage) = parse_ipv4(ip);
    reinterpret_cast<sockaddr_in&>(endpoint.storage).sin_port = htons(parse_port(text.substr(colon + 1)));
    endpoint.size = v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    return endpoint;
}

} // namespace kata
