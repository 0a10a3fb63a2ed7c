// Mistake: sheds for EMFILE only, and waits for the machine
// Caught by: Robust.ShedsWhenTheMachineIsFull
// Says: next() sheds a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool can_shed(int error) { return error == EMFILE; }

} // namespace kata
