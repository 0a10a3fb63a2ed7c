// Odd: accepts one client a turn, and reads in pieces of 100 bytes
#include "28_poll_chat/rest.h"

#include <algorithm>
#include <unistd.h>

namespace kata {

void admits(Chat& chat)
try {
    if (std::optional<Accepted> client = next_client(chat))
        chat.clients.push_back({std::move(client->fd), client->peer});
} catch (const std::system_error& e) {
    if (!is_shortage(e.code().value()))
        throw;
    chat.rests = true;
    makes_room(chat);
}

ssize_t takes(const Client& from, std::span<char> room)
{
    return ::read(from.fd.get(), room.data(), std::min<std::size_t>(room.size(), 100));
}

} // namespace kata
