// Mistake: where something waits it sends nothing more before poll() says POLLOUT, and counts that line on top
// Caught by: Robust.TriesAgainWhoHasRead
// Says: eve
#include "28_poll_chat/rest.h"

namespace kata {

void tells(const Chat& chat, Client& client, std::string_view line)
{
    const bool is_full = !client.waiting.empty();
    client.waiting += line;
    if (!is_full)
        flushes(client);
    if (client.waiting.size() > chat.limits.max_queue)
        goes(client, Left::too_slow);
}

} // namespace kata
