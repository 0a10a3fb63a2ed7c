// Mistake: writes the number of an interface through a stream, which has the locale of the program
// Caught by: Robust.WritesNumbersInNoLocale
// Says: came      fe80::1%4.000.000
#include "25_dual_stack/rest.h"

#include <sstream>

namespace kata {

std::string interface_of(unsigned scope)
{
    char name[IF_NAMESIZE];
    std::ostringstream text;
    if (::if_indextoname(scope, name) != nullptr)
        text << name;
    else if (errno == ENXIO)
        text << scope;
    else
        fail("if_indextoname");
    return text.str();
}

} // namespace kata
