// Mistake: asks errno whether strtoul() had room, and does not set it to 0 before: it may be ERANGE since long ago
// Caught by: Robust.TakesEveryPortAndNoOther
// Says: it throws std::invalid_argument
#include "02_address/rest.h"

#include <cstdlib>

namespace kata {

std::uint16_t parse_port(std::string_view digits)
{
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
        reject();
    const unsigned long port = std::strtoul(std::string{digits}.c_str(), nullptr, 10);
    if (errno == ERANGE || port > 65535)
        reject();
    return static_cast<std::uint16_t>(port);
}

} // namespace kata
