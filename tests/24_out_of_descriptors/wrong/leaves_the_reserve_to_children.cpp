// Mistake: a program that is started inherits the reserve
// Caught by: Robust.NeedsAReserveFromTheBeginning
// Says: exec
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd open_reserve(int /*listen_fd*/) { return UniqueFd{::open("/dev/null", O_RDONLY)}; }

} // namespace kata
