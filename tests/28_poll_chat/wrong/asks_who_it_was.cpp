// Mistake: asks for the address of a client that may be gone already, and dies of the answer
// Caught by: Hostile.SurvivesThoseWhoComeAndGo
// Says: Transport endpoint is not connected
#include "28_poll_chat/rest.h"

namespace kata {

std::optional<Accepted> next_client(const Chat& chat)
{
    std::optional<Accepted> client = accept_one(chat.listen_fd);
    if (client)
        client->peer = peer_endpoint(client->fd.get());
    return client;
}

} // namespace kata
