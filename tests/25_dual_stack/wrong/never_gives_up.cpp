// Mistake: chooses another port for as long as it takes
// Caught by: Hostile.GivesUpWhenNoPortIsFree
// Says: an endless loop
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each(std::uint16_t port)
{
    for (;;)
        try {
            return listen_each_once(port);
        } catch (const std::system_error& e) {
            if (port != 0 || e.code().value() != EADDRINUSE)
                throw;
        }
}

} // namespace kata
