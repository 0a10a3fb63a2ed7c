// Mistake: prints the scope of each IPv6 address, also where it has none
// Caught by: Works.PrintsWhatItRead
// Says: came      "[::1%0]:80"
#include "02_address/rest.h"

namespace kata {

std::string scope_text(std::uint32_t scope) { return "%" + std::to_string(scope); }

} // namespace kata
