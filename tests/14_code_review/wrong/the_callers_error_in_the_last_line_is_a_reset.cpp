// Mistake: takes an error of on_message for one of its client, where the end of the stream ends the line
// Caught by: Robust.LetsTheCallersExceptionThrough
// Says: nothing will ever wake it
#include "14_code_review/rest.h"

namespace kata {

Verdict take_last(const std::string& kept, const Talk& talk)
try {
    return kept.empty() ? Verdict::bye : take(kept, talk);
} catch (const std::system_error&) {
    return Verdict::bad;
}

} // namespace kata
