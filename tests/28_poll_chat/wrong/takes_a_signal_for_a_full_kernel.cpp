// Mistake: takes EINTR of send() for EAGAIN, and then counts what waits
// Caught by: Robust.CountsNothingForASignal
// Says: said EINTR: a signal woke it
#include "28_poll_chat/rest.h"

namespace kata {

void flushes(Client& client)
{
    while (!client.waiting.empty()) {
        const ssize_t n = gives(client);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n < 0)
            return cannot_tell(client, errno);
        client.waiting.erase(0, static_cast<std::size_t>(n));
    }
}

} // namespace kata
