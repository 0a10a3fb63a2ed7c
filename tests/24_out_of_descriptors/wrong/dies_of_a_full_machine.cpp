// Mistake: knows EMFILE only; ENFILE ends the loop
// Caught by: Robust.ShedsWhenTheMachineIsFull
// Says: Too many open files in system
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool is_shortage(int error) { return error == EMFILE || error == ENOBUFS || error == ENOMEM; }

} // namespace kata
