// Mistake: throws ENOBUFS and ENOMEM
// Caught by: Robust.KeepsWhoCanWait
// Says: No buffer space available
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE; }

} // namespace kata
