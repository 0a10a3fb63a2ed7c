// Mistake: keeps pointers to the elements of a table that grows
// Caught by: Hostile.LetsAHundredInAtOnce
// Says: heap-use-after-free
#include "28_poll_chat/rest.h"

namespace kata {

static std::vector<Client*> everybody;

void admits(Chat& chat)
{
    while (std::optional<Accepted> client = next_client(chat)) {
        chat.clients.push_back({std::move(client->fd), client->peer});
        everybody.push_back(&chat.clients.back());
    }
}

void tells_others(Chat& chat, Client& from, std::string_view line)
{
    for (Client* client : everybody)
        if (client != &from && !client->gone)
            tells(chat, *client, line);
}

} // namespace kata
