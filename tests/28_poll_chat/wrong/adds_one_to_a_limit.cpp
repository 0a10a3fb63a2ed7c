// Mistake: compares with max_line + 1, which is 0 for the largest limit
// Caught by: Robust.TakesTheLargestLimit
// Says: bob receives
#include "28_poll_chat/rest.h"

#include <utility>

namespace kata {

void cuts(Chat& chat, Client& from, std::string_view bytes)
{
    for (std::size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1)) {
        from.line += bytes.substr(0, end);
        if (from.line.size() + 1 > chat.limits.max_line + 1) // with the "\n"
            return goes(from, Left::too_long);
        tells_others(chat, from, std::exchange(from.line, {}) + '\n');
    }
    from.line += bytes;
    if (from.line.size() > chat.limits.max_line)
        goes(from, Left::too_long);
}

} // namespace kata
