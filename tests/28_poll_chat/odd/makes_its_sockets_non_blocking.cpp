// Odd: sets O_NONBLOCK on each client, and writes a few bytes a call
#include "28_poll_chat/rest.h"

#include <algorithm>
#include <fcntl.h>

namespace kata {

std::optional<Accepted> next_client(const Chat& chat)
{
    std::optional<Accepted> client = accept_one(chat.listen_fd);
    if (client && ::fcntl(client->fd.get(), F_SETFL, O_NONBLOCK) < 0)
        throw std::system_error{errno, std::generic_category(), "fcntl"};
    return client;
}

ssize_t gives(Client& client)
{
    return ::send(client.fd.get(), client.waiting.data(), std::min<std::size_t>(client.waiting.size(), 50), MSG_NOSIGNAL);
}

} // namespace kata
