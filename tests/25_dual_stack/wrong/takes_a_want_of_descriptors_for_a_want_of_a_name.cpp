// Mistake: writes the number of an interface whenever its name cannot be had, as getnameinfo() does
// Caught by: Robust.HasNoSecondTextWithoutADescriptor
// Says: came      fe80::1%1
#include "25_dual_stack/rest.h"

namespace kata {

std::string interface_of(unsigned scope)
{
    char name[IF_NAMESIZE] = "";
    return ::if_indextoname(scope, name) != nullptr ? name : std::to_string(scope);
}

} // namespace kata
