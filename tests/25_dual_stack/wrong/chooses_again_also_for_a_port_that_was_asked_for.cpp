// Mistake: takes another port when that one is taken
// Caught by: Hostile.LeavesAPortWhereSomebodyListens
// Says: std::system_error with EADDRINUSE
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each(std::uint16_t port)
{
    for (int tries = 16;; --tries)
        try {
            return listen_each_once(tries == 16 ? port : 0);
        } catch (const std::system_error& e) {
            if (e.code().value() != EADDRINUSE || tries == 1)
                throw;
        }
}

} // namespace kata
