// Mistake: keeps the half lines of all clients in one buffer
// Caught by: Robust.NeverMixesHalfLines
// Says: carol receives "I like tea
#include "28_poll_chat/rest.h"

namespace kata {

static std::string half;

void cuts(Chat& chat, Client& from, std::string_view bytes)
{
    half += bytes;
    for (std::size_t end = 0; (end = half.find('\n')) != std::string::npos; half.erase(0, end + 1))
        tells_others(chat, from, half.substr(0, end + 1));
}

} // namespace kata
