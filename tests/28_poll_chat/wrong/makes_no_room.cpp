// Mistake: keeps those who have ended their streams while others wait for a place
// Caught by: Hostile.MakesRoomForTheLiving
// Says: ann receives "made it
#include "28_poll_chat/rest.h"

namespace kata {

void makes_room(Chat&) {}

} // namespace kata
