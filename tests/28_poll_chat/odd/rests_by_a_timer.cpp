// Odd: the pause of a shortage is a timerfd of its own in the table of poll(), made before it is needed
#include "28_poll_chat/rest.h"

#include <ctime>
#include <sys/timerfd.h>
#include <unistd.h>

namespace kata {

namespace {

thread_local int pause_over = -1;

} // namespace

int waits(Chat& chat, int limit_ms)
{
    chat.table.push_back({limit_ms < 0 ? -1 : pause_over, POLLIN, 0});
    if (limit_ms >= 0) {
        const itimerspec once{{}, {0, 80'000'000}};
        ::timerfd_settime(pause_over, 0, &once, nullptr);
    }
    const int ready = ::poll(chat.table.data(), chat.table.size(), -1);
    chat.table.pop_back();
    return ready;
}

void chat_server(int listen_fd, int stop_fd, const ChatLimits& limits, ChatLog& log)
{
    const UniqueFd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)};
    if (!timer)
        throw std::system_error{errno, std::generic_category(), "timerfd_create"};
    pause_over = timer.get();
    Chat chat{listen_fd, stop_fd, limits, log};
    while (turn(chat)) {
    }
}

} // namespace kata
