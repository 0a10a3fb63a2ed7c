// Mistake: looks at all that has come at once: a bad line costs the good ones that came with it, in front of it
// Caught by: Hostile.ClosesAClientThatSpeaksNoUtf8
// Says: came      { "I am bob" }
#include "14_code_review/rest.h"

namespace kata {

Verdict take_lines(std::string& kept, const Talk& talk)
{
    const std::size_t last = kept.rfind('\n');
    if (last != std::string::npos && !is_utf8(std::string_view{kept}.substr(0, last))) // behind it a character may be cut
        return Verdict::bad;
    for (std::size_t end = 0; (end = kept.find('\n')) != std::string::npos;) {
        const std::string line = without_return(kept.substr(0, end));
        kept.erase(0, end + 1);
        if (const Verdict verdict = take(line, talk); verdict != Verdict::more)
            return verdict;
    }
    return is_too_long(kept) ? Verdict::bad : Verdict::more;
}

} // namespace kata
