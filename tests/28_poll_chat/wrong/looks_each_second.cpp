// Mistake: wakes up each second to look for something to do
// Caught by: Robust.SleepsWhileNothingHappens
// Says: came back because of its limit
#include "28_poll_chat/rest.h"

namespace kata {

int waits(Chat& chat, int limit_ms) { return ::poll(chat.table.data(), chat.table.size(), limit_ms < 0 ? 1000 : limit_ms); }

} // namespace kata
