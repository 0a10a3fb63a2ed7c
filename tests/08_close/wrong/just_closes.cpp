// Mistake: closes, and trusts the kernel with the rest
// Caught by: Works.DeliversTheWholeAnswer
// Says: then a reset (RST)
#include "08_close/close.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int /*limit_ms*/)
{
    fd.reset();
    return CloseResult::clean;
}

} // namespace kata
