// Odd: only queues in a turn, and sends when poll() says that there is room
#include "28_poll_chat/rest.h"

#include <utility>

namespace kata {

void tells(const Chat& chat, Client& client, std::string_view line)
{
    client.waiting += line;
    if (client.waiting.size() > chat.limits.max_queue) {
        flushes(client);
        if (client.waiting.size() > chat.limits.max_queue)
            goes(client, Left::too_slow);
    }
}

bool turn(Chat& chat)
{
    chat.table.assign({{chat.stop_fd, POLLIN, 0}, {chat.rests ? -1 : chat.listen_fd, POLLIN, 0}});
    for (const Client& client : chat.clients)
        chat.table.push_back({client.fd.get(), events_for(client), 0});
    if (waits(chat, chat.rests ? 1 : -1) < 0)
        return errno == EINTR ? true : throw std::system_error{errno, std::generic_category(), "poll"};
    if (chat.table[0].revents != 0)
        return false;
    for (std::size_t i = chat.clients.size(); i-- > 0;) {
        if ((chat.table[2 + i].revents & POLLOUT) != 0)
            flushes(chat.clients[i]);
        if (may_be_heard(chat.clients[i], chat.table[2 + i].revents))
            hears(chat, chat.clients[i]);
    }
    if (std::exchange(chat.rests, false) || chat.table[1].revents != 0)
        admits(chat);
    parts(chat);
    return true;
}

} // namespace kata
