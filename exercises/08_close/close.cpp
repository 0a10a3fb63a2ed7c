#include "08_close/close.h"

#include "kata.h"

namespace kata {

CloseResult graceful_close(UniqueFd /*fd*/, int /*limit_ms*/) { not_written(); }

} // namespace kata
