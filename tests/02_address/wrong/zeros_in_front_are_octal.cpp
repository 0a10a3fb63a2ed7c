// Mistake: lets strtoul() guess the base: a zero in front means octal
// Caught by: Robust.TakesEveryPortAndNoOther
// Says: "127.0.0.1:0080" is taken for AF_INET, 127.0.0.1, port 80
#include "02_address/rest.h"

#include <cstdlib>

namespace kata {

std::uint16_t parse_port(std::string_view digits)
{
    if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string_view::npos)
        reject();
    const std::string text{digits};
    char* end = nullptr;
    const unsigned long port = std::strtoul(text.c_str(), &end, 0);
    if (*end != 0 || port > 65535)
        reject();
    return static_cast<std::uint16_t>(port);
}

} // namespace kata
