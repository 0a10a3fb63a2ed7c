// Mistake: sheds whom it could serve a moment later
// Caught by: Robust.KeepsWhoCanWait
// Says: next() hands over a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool can_shed(int error) { return is_shortage(error); }

} // namespace kata
