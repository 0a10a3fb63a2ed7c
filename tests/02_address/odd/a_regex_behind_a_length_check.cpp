// Odd: matches with std::regex, but only what is short enough
#include "02_address/rest.h"

#include <cstring>
#include <regex>

namespace kata {

Endpoint parse_endpoint(std::string_view text)
{
    static const std::regex form{R"((?:(\d+\.\d+\.\d+\.\d+)|\[([0-9a-fA-F:.]+(?:%\d+)?)\]):(\d+))"};
    std::match_results<std::string_view::const_iterator> part;
    if (text.size() > 64 || !std::regex_match(text.begin(), text.end(), part, form))
        reject();
    const std::uint16_t port = htons(parse_port(part[3].str()));
    Endpoint endpoint;
    if (part[1].matched) {
        sockaddr_in in = parse_ipv4(part[1]);
        in.sin_port = port;
        std::memcpy(&endpoint.storage, &in, endpoint.size = sizeof in);
    } else {
        sockaddr_in6 in6 = parse_ipv6(part[2]);
        in6.sin6_port = port;
        std::memcpy(&endpoint.storage, &in6, endpoint.size = sizeof in6);
    }
    return endpoint;
}

} // namespace kata
