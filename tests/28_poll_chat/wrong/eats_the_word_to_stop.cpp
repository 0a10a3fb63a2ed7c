// Mistake: reads stop_fd, which is the owner's
// Caught by: Works.EndsWhenItIsTold
// Says: asleep in recv(4)
#include "28_poll_chat/rest.h"

namespace kata {

void chat_server(int listen_fd, int stop_fd, const ChatLimits& limits, ChatLog& log)
{
    Chat chat{listen_fd, stop_fd, limits, log};
    while (turn(chat)) {
    }
    char word[8];
    static_cast<void>(::recv(stop_fd, word, sizeof word, 0));
}

} // namespace kata
