// Mistake: keeps the names of the interfaces that it has asked for
// Caught by: Robust.AsksForTheNameEachTime
// Says: expected  fe80::1%other
#include "25_dual_stack/rest.h"

#include <map>
#include <mutex>

namespace kata {

std::string interface_of(unsigned scope)
{
    static std::mutex mutex;
    static std::map<unsigned, std::string> names;
    const std::scoped_lock lock{mutex};
    if (const auto known = names.find(scope); known != names.end())
        return known->second;
    char name[IF_NAMESIZE] = "";
    if (::if_indextoname(scope, name) == nullptr && errno != ENXIO)
        fail("if_indextoname");
    return names[scope] = name[0] == 0 ? std::to_string(scope) : name;
}

} // namespace kata
