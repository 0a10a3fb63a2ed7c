// Mistake: gives up when the port of the first listener is taken for the second
// Caught by: Hostile.ChoosesAgainWhatIsFreeInOneFamilyOnly
// Says: bind: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> listen_each(std::uint16_t port) { return listen_each_once(port); }

} // namespace kata
