// Mistake: sends a line to everybody, its sender too
// Caught by: Works.PassesALineOn
// Says: ann
#include "28_poll_chat/rest.h"

namespace kata {

void tells_others(Chat& chat, Client&, std::string_view line)
{
    for (Client& client : chat.clients)
        if (!client.gone)
            tells(chat, client, line);
}

} // namespace kata
