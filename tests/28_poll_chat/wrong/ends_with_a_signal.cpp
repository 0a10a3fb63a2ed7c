// Mistake: throws EINTR
// Caught by: Robust.IsNotEndedByASignal
// Says: Interrupted system call
#include "28_poll_chat/rest.h"

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    const int ready = ::poll(chat.table.data(), chat.table.size(), limit_ms);
    if (ready < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    return ready;
}

} // namespace kata
