// Mistake: looks at errno also where the interface has told its name: an old one is there
// Caught by: Robust.NamesTheInterfaceOfALinkLocalAddress
// Says: EMFILE
#include "25_dual_stack/rest.h"

namespace kata {

std::string interface_of(unsigned scope)
{
    char name[IF_NAMESIZE] = "";
    ::if_indextoname(scope, name);
    if (errno != 0 && errno != ENXIO)
        fail("if_indextoname");
    return name[0] != '\0' ? name : std::to_string(scope);
}

} // namespace kata
