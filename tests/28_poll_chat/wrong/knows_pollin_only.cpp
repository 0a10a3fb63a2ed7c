// Mistake: looks for POLLIN only: an end that comes unasked is passed over
// Caught by: Robust.LetsGoWhoIsGone
// Says: busy loop
#include "28_poll_chat/rest.h"

namespace kata {

bool may_be_heard(const Client&, short events) { return (events & POLLIN) != 0; }
void flushes(Client& client)
{
    while (!client.waiting.empty()) {
        const ssize_t n = gives(client);
        if (n < 0)
            return client.waiting.clear();
        client.waiting.erase(0, static_cast<std::size_t>(n));
    }
}

} // namespace kata
