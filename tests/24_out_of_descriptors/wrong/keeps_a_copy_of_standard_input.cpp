// Mistake: takes a copy of another descriptor for its reserve: to close it frees a number, and no open file
// Caught by: Robust.NeedsAReserveFromTheBeginning
// Says: a copy of descriptor 0
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd open_reserve(int /*listen_fd*/) { return UniqueFd{::fcntl(0, F_DUPFD_CLOEXEC, 3)}; }

} // namespace kata
