// Mistake: keeps the line that it passes on in a static string: on_message of one server sees it become that of another
// Caught by: Robust.ServesInTwoThreadsAtOnce
// Says: bob says bye
#include "14_code_review/rest.h"

namespace kata {

Verdict take(const std::string& line, const Talk& talk)
{
    static std::string current;
    current = line;
    if (current.size() > max_message || !is_utf8(current))
        return Verdict::bad;
    if (current == "1")
        return Verdict::bye;
    talk.on_message(current);
    ++talk.stats.messages;
    return Verdict::more;
}

} // namespace kata
