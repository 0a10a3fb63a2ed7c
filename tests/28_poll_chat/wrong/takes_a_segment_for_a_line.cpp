// Mistake: sends on whatever one recv() gives
// Caught by: Works.CutsTheStreamIntoLines
// Says: bob receives
#include "28_poll_chat/rest.h"

namespace kata {

void cuts(Chat& chat, Client& from, std::string_view bytes) { tells_others(chat, from, bytes); }

} // namespace kata
