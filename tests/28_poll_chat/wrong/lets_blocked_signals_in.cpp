// Mistake: sleeps in ppoll() with an empty mask: what the owner has blocked comes in
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: killed by SIGTERM
#include "28_poll_chat/rest.h"

#include <csignal>

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    sigset_t none{};
    sigemptyset(&none);
    const timespec limit{limit_ms / 1000, limit_ms % 1000 * 1'000'000};
    return ::ppoll(chat.table.data(), chat.table.size(), limit_ms < 0 ? nullptr : &limit, &none);
}

} // namespace kata
