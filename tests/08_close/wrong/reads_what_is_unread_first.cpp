// Mistake: takes away what is unread before it sends its end: while the peer sends faster than that, no end comes
// Caught by: Robust.EndsItsStreamBeforeItReads
// Says: you read 61 times first
#include "08_close/rest.h"

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{limit_ms};
    char unread[16384];
    while (Clock::now() < end && ::recv(fd.get(), unread, sizeof unread, MSG_DONTWAIT) > 0) {
    }
    return says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
}

} // namespace kata
