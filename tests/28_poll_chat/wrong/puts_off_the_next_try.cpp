// Mistake: the pause of a shortage begins again whenever somebody speaks
// Caught by: Robust.ServesTheOthersDuringAShortage
// Says: tries in 400 ms in which ann spoke every 40 ms
#include "28_poll_chat/rest.h"

namespace kata {

bool turn(Chat& chat)
{
    chat.table.assign({{chat.stop_fd, POLLIN, 0}, {chat.rests ? -1 : chat.listen_fd, POLLIN, 0}});
    for (const Client& client : chat.clients)
        chat.table.push_back({client.fd.get(), events_for(client), 0});
    const int ready = waits(chat, chat.rests ? 50 : -1);
    if (ready < 0) {
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        return true;
    }
    if (chat.table[0].revents != 0)
        return false;
    for (std::size_t i = 0; i < chat.clients.size(); ++i) {
        if (may_be_heard(chat.clients[i], chat.table[2 + i].revents))
            hears(chat, chat.clients[i]);
        flushes(chat.clients[i]);
    }
    if (ready == 0)
        chat.rests = false; // the pause is over
    if (ready == 0 || chat.table[1].revents != 0)
        admits(chat);
    parts(chat);
    return true;
}

} // namespace kata
