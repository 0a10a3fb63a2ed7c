// Mistake: looks for POLLIN of stop_fd alone: at its end a pipe says POLLHUP
// Caught by: Robust.EndsWithItsOwner
// Says: busy loop
#include "28_poll_chat/rest.h"

#include <utility>

namespace kata {

bool turn(Chat& chat)
{
    chat.table.assign({{chat.stop_fd, POLLIN, 0}, {chat.rests ? -1 : chat.listen_fd, POLLIN, 0}});
    for (const Client& client : chat.clients)
        chat.table.push_back({client.fd.get(), events_for(client), 0});
    if (waits(chat, chat.rests ? 20 : -1) < 0) {
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        chat.rests = false;
        return true;
    }
    if ((chat.table[0].revents & POLLIN) != 0)
        return false;
    for (std::size_t i = 0; i < chat.clients.size(); ++i) {
        if (may_be_heard(chat.clients[i], chat.table[2 + i].revents))
            hears(chat, chat.clients[i]);
        flushes(chat.clients[i]);
    }
    if (std::exchange(chat.rests, false) || chat.table[1].revents != 0)
        admits(chat);
    parts(chat);
    return true;
}

} // namespace kata
