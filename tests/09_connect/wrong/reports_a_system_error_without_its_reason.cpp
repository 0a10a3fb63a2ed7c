// Mistake: throws the words of EAI_SYSTEM, which do not say what failed
// Caught by: Robust.SaysWhyANameHasNoAddress
// Says: threw std::runtime_error: System error
#include "09_connect/rest.h"

namespace kata {

void throw_lookup_error(int problem) { throw std::runtime_error{::gai_strerror(problem)}; }

} // namespace kata
