// Mistake: takes a port of more than five digits for too large, zeros in front and all
// Caught by: Robust.TakesEveryPortAndNoOther
// Says: "127.0.0.1:000000000000080" is taken for AF_INET, 127.0.0.1, port 80
#include "02_address/rest.h"

namespace kata {

std::uint16_t parse_port(std::string_view digits)
{
    if (digits.empty() || digits.size() > 5)
        reject();
    std::uint32_t port = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            reject();
        port = port * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    if (port > 65535)
        reject();
    return static_cast<std::uint16_t>(port);
}

} // namespace kata
