// Mistake: asks poll() about a listener that nobody can accept from
// Caught by: Robust.ServesTheOthersDuringAShortage
// Says: busy loop
#include "28_poll_chat/rest.h"

namespace kata {

void admits(Chat& chat)
try {
    while (std::optional<Accepted> client = next_client(chat))
        chat.clients.push_back({std::move(client->fd), client->peer});
} catch (const std::system_error& e) {
    if (!is_shortage(e.code().value()))
        throw;
    makes_room(chat);
}

} // namespace kata
