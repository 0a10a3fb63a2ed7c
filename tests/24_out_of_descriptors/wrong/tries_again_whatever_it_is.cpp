// Mistake: takes every error for a shortage
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: EINVAL
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool is_shortage(int /*error*/) { return true; }

} // namespace kata
