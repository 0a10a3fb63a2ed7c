// Mistake: throws ENOBUFS and ENOMEM of accept()
// Caught by: Robust.RestsWhileDescriptorsAreShort
// Says: No buffer space available
#include "28_poll_chat/rest.h"

namespace kata {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE; }

} // namespace kata
