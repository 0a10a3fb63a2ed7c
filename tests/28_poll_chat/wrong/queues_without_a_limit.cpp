// Mistake: keeps whatever a slow client does not take
// Caught by: Robust.DropsTheSlowAtTheLimit
// Says: and she was not dropped
#include "28_poll_chat/rest.h"

namespace kata {

void tells(const Chat&, Client& client, std::string_view line)
{
    client.waiting += line;
    flushes(client);
}

} // namespace kata
