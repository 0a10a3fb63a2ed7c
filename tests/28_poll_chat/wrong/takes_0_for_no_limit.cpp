// Mistake: takes 0 for "no limit"
// Caught by: Robust.TakesTheSmallestLimit
// Says: the end of the connection (FIN or RST)
#include "28_poll_chat/rest.h"

#include <utility>

namespace kata {

void cuts(Chat& chat, Client& from, std::string_view bytes)
{
    const auto is_too_long = [&] { return chat.limits.max_line > 0 && from.line.size() > chat.limits.max_line; };
    for (std::size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1)) {
        from.line += bytes.substr(0, end);
        if (is_too_long())
            return goes(from, Left::too_long);
        tells_others(chat, from, std::exchange(from.line, {}) + '\n');
    }
    from.line += bytes;
    if (is_too_long())
        goes(from, Left::too_long);
}

} // namespace kata
