// Mistake: a lookup without memory is a std::bad_alloc, as everywhere else
// Caught by: Robust.SaysWhateverTheLookupSays
// Says: threw std::bad_alloc
#include "09_connect/rest.h"

#include <new>

namespace kata {

void throw_lookup_error(int problem)
{
    if (problem == EAI_MEMORY)
        throw std::bad_alloc{};
    if (problem == EAI_SYSTEM)
        throw std::system_error{errno, std::generic_category(), "getaddrinfo"};
    throw std::runtime_error{::gai_strerror(problem)};
}

} // namespace kata
