// Mistake: looks at a digit before it asks whether there is one: a missing port is what stands behind the text
// Caught by: Hostile.TheTextIsAsLongAsItSays
// Says: "127.0.0.1:" throws std::invalid_argument
#include "02_address/rest.h"

namespace kata {

std::uint16_t parse_port(std::string_view digits)
{
    const char *at = digits.data(), *const end = at + digits.size();
    std::uint32_t port = 0;
    do {
        if (at == nullptr || *at < '0' || *at > '9')
            reject();
        port = port * 10 + static_cast<std::uint32_t>(*at - '0');
        if (port > 65535)
            reject();
    } while (++at < end);
    return static_cast<std::uint16_t>(port);
}

} // namespace kata
