// Mistake: throws what getaddrinfo returned as if it were an errno
// Caught by: Robust.SaysWhyANameHasNoAddress
// Says: what() is "getaddrinfo: Unknown error
#include "09_connect/rest.h"

namespace kata {

void throw_lookup_error(int problem)
{
    throw std::system_error{problem == EAI_SYSTEM ? errno : problem, std::generic_category(), "getaddrinfo"};
}

} // namespace kata
