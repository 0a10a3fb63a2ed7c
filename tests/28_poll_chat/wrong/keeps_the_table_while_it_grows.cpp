// Mistake: goes on with an iterator into a table that has grown
// Caught by: Hostile.LetsAHundredInAtOnce
// Says: heap-use-after-free
#include "28_poll_chat/rest.h"

namespace kata {

void admits(Chat& chat)
{
    for (auto last = chat.clients.end(); std::optional<Accepted> client = next_client(chat);)
        last = std::next(chat.clients.insert(last, Client{std::move(client->fd), client->peer}));
}

} // namespace kata
