// Mistake: takes several lines in one segment for one that is too long
// Caught by: Robust.KnowsTheLongestLine
// Says: dan receives
#include "28_poll_chat/rest.h"

namespace kata {

void cuts(Chat& chat, Client& from, std::string_view bytes)
{
    from.line += bytes;
    if (from.line.size() > chat.limits.max_line + 1)
        return goes(from, Left::too_long);
    for (std::size_t end = 0; (end = from.line.find('\n')) != std::string::npos; from.line.erase(0, end + 1))
        tells_others(chat, from, std::string_view{from.line}.substr(0, end + 1));
    if (from.line.size() > chat.limits.max_line)
        goes(from, Left::too_long);
}

} // namespace kata
