// Mistake: throws errno, which getaddrinfo does not set
// Caught by: Robust.SaysWhyANameHasNoAddress
// Says: what() is "getaddrinfo:
#include "09_connect/rest.h"

namespace kata {

void throw_lookup_error(int /*problem*/) { throw std::system_error{errno, std::generic_category(), "getaddrinfo"}; }

} // namespace kata
