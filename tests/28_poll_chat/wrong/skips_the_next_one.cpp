// Mistake: removes a client from the table in the loop over it, and so passes over the next
// Caught by: Robust.GoesOnWhenSomebodyLeavesDuringABroadcast
// Says: carol receives "who is there?
#include "28_poll_chat/rest.h"

namespace kata {

void cannot_tell(Client& client, int) { goes(client, client.has_ended ? Left::ended : Left::lost); }

void tells_others(Chat& chat, Client& from, std::string_view line)
{
    const int sender = from.fd.get();
    for (std::size_t i = 0; i < chat.clients.size(); ++i) {
        Client& client = chat.clients[i];
        if (client.fd.get() == sender || client.gone)
            continue;
        tells(chat, client, line);
        if (client.gone) {
            chat.log.left(client.address, *client.gone);
            chat.clients.erase(chat.clients.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
}

} // namespace kata
