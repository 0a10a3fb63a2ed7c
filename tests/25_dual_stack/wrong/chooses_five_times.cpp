// Mistake: gives up after five ports
// Caught by: Hostile.ChoosesAgainWhatIsFreeInOneFamilyOnly
// Says: bind: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each(std::uint16_t port)
{
    for (int tries = 5;; --tries)
        try {
            return listen_each_once(port);
        } catch (const std::system_error& e) {
            if (port != 0 || e.code().value() != EADDRINUSE || tries == 1)
                throw;
        }
}

} // namespace kata
