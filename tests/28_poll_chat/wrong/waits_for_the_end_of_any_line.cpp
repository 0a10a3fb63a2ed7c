// Mistake: looks at the length of a line only when it has its end
// Caught by: Hostile.StopsALineWithoutEnd
// Says: mallory
#include "28_poll_chat/rest.h"

namespace kata {

void cuts(Chat& chat, Client& from, std::string_view bytes)
{
    from.line += bytes;
    for (std::size_t end = 0; (end = from.line.find('\n')) != std::string::npos; from.line.erase(0, end + 1)) {
        if (end > chat.limits.max_line)
            return goes(from, Left::too_long);
        tells_others(chat, from, std::string_view{from.line}.substr(0, end + 1));
    }
}

} // namespace kata
