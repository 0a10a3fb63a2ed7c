// Odd: reads IPv4 and the numbers by hand, one character at a time; takes a pointer to the port that fits both families
#include "02_address/rest.h"

namespace kata {

namespace {

std::int64_t take_number(std::string_view& rest, std::int64_t most)
{
    std::int64_t value = 0;
    std::size_t n = 0;
    for (; n < rest.size() && rest[n] >= '0' && rest[n] <= '9' && value <= most; ++n)
        value = value * 10 + (rest[n] - '0');
    rest.remove_prefix(n);
    if (n == 0 || value > most)
        reject();
    return value;
}

void take(std::string_view& rest, char wanted)
{
    if (rest.empty() || rest[0] != wanted)
        reject();
    rest.remove_prefix(1);
}

} // namespace

std::uint16_t Endpoint::port() const { return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port); }

Endpoint parse_endpoint(std::string_view text)
{
    Endpoint endpoint;
    auto& in = reinterpret_cast<sockaddr_in&>(endpoint.storage);
    std::string_view rest = text;
    if (!rest.empty() && rest[0] == '[') {
        rest.remove_prefix(1);
        const std::string inside{rest.substr(0, rest.find_first_of("%]"))};
        auto& in6 = reinterpret_cast<sockaddr_in6&>(endpoint.storage);
        if (inside.find('\0') != std::string::npos || ::inet_pton(AF_INET6, inside.c_str(), &in6.sin6_addr) != 1)
            reject();
        rest.remove_prefix(inside.size());
        if (!rest.empty() && rest[0] == '%') {
            rest.remove_prefix(1);
            in6.sin6_scope_id = static_cast<std::uint32_t>(take_number(rest, UINT32_MAX));
        }
        take(rest, ']');
        endpoint.storage.ss_family = AF_INET6;
        endpoint.size = sizeof in6;
    } else {
        in_addr_t address = 0;
        for (int i = 0; i < 4; ++i) {
            if (i > 0)
                take(rest, '.');
            if (rest.size() > 1 && rest[0] == '0' && rest[1] >= '0' && rest[1] <= '9')
                reject(); // some read this as octal
            address = address << 8 | static_cast<in_addr_t>(take_number(rest, 255));
        }
        in.sin_addr.s_addr = htonl(address);
        endpoint.storage.ss_family = AF_INET;
        endpoint.size = sizeof in;
    }
    take(rest, ':');
    in.sin_port = htons(static_cast<std::uint16_t>(take_number(rest, 65535)));
    if (!rest.empty())
        reject();
    return endpoint;
}

} // namespace kata
