// Mistake: takes the listener itself for its reserve, and so closes it
// Caught by: Robust.LeavesTheListenerWhenItDies
// Says: Bad file descriptor
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd open_reserve(int listen_fd) { return UniqueFd{listen_fd}; }

} // namespace kata
