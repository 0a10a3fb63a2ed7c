// Mistake: reads the port as a number with a sign and compares it with 0: -0 is not below it
// Caught by: Robust.TakesEveryPortAndNoOther
// Says: "127.0.0.1:-0" throws std::invalid_argument
#include "02_address/rest.h"

#include <charconv>

namespace kata {

std::uint16_t parse_port(std::string_view digits)
{
    int port = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port < 0 || port > 65535)
        reject();
    return static_cast<std::uint16_t>(port);
}

} // namespace kata
