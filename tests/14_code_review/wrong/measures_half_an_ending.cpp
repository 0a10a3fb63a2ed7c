// Mistake: measures an unfinished line with the "\r" of its ending: the longest line is too long when it is cut there
// Caught by: Hostile.KnowsTheLongestLine
// Says: the messages that your server passed on
#include "14_code_review/rest.h"

namespace kata {

bool is_too_long(const std::string& unfinished) { return unfinished.size() > max_message; }

} // namespace kata
