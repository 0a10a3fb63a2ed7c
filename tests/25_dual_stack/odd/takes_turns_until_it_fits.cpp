// Odd: tries fifty times, by recursion
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> tries_again(std::uint16_t port, int tries)
{
    try {
        return listen_each_once(port);
    } catch (const std::system_error& e) {
        if (port != 0 || e.code().value() != EADDRINUSE || tries == 0)
            throw;
    }
    return tries_again(port, tries - 1);
}

std::vector<Bound> listen_each(std::uint16_t port) { return tries_again(port, 50); }

} // namespace kata
