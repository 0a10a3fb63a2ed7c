// Mistake: keeps the number of an interface in 16 bits: a large one is that of another interface
// Caught by: Robust.NamesTheInterfaceOfALinkLocalAddress
// Says: came      fe80::1%lo
#include "25_dual_stack/rest.h"

namespace kata {

std::string interface_of(unsigned scope)
{
    const auto number = static_cast<std::uint16_t>(scope);
    char name[IF_NAMESIZE];
    if (::if_indextoname(number, name) != nullptr)
        return name;
    if (errno != ENXIO)
        fail("if_indextoname");
    return std::to_string(scope);
}

} // namespace kata
