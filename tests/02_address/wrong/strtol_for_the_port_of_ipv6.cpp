// Mistake: reads the port of an IPv6 address in another way than that of an IPv4 address: with strtol(), which takes signs
// Caught by: Robust.TakesEveryPortAndNoOther
// Says: "[::1]:+80" throws std::invalid_argument
#include "02_address/rest.h"

#include <cstdlib>
#include <cstring>

namespace kata {

namespace {

Endpoint parse_in_brackets(std::string_view text, std::size_t bracket)
{
    const std::string port{text.substr(bracket + 2)};
    char* end = nullptr;
    const long number = std::strtol(port.c_str(), &end, 10);
    if (port.empty() || end != port.c_str() + port.size() || number < 0 || number > 65535)
        reject();
    sockaddr_in6 in6 = parse_ipv6(std::string{text.substr(1, bracket - 1)});
    in6.sin6_port = htons(static_cast<std::uint16_t>(number));
    Endpoint endpoint;
    std::memcpy(&endpoint.storage, &in6, endpoint.size = sizeof in6);
    return endpoint;
}

} // namespace

Endpoint parse_endpoint(std::string_view text)
{
    if (text.find('\0') != std::string_view::npos)
        reject();
    const std::size_t bracket = text.find("]:");
    if (text.substr(0, 1) == "[" && bracket != std::string_view::npos)
        return parse_in_brackets(text, bracket);
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        reject();
    sockaddr_in in = parse_ipv4(std::string{text.substr(0, colon)});
    in.sin_port = htons(parse_port(text.substr(colon + 1)));
    Endpoint endpoint;
    std::memcpy(&endpoint.storage, &in, endpoint.size = sizeof in);
    return endpoint;
}

} // namespace kata
