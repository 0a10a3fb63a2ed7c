// Mistake: compares the command with strcmp(), which stops at a zero byte
// Caught by: Robust.TakesOnlyTheWholeLineOneForTheCommand
// Says: the messages that your server passed on
#include "14_code_review/rest.h"

#include <cstring>

namespace kata {

Verdict take(const std::string& line, const Talk& talk)
{
    if (line.size() > max_message || !is_utf8(line))
        return Verdict::bad;
    if (std::strcmp(line.c_str(), "1") == 0)
        return Verdict::bye;
    talk.on_message(line);
    ++talk.stats.messages;
    return Verdict::more;
}

} // namespace kata
