// Mistake: the addresses of a name are kept in a table that belongs to all threads
// Caught by: Robust.ServesTwoThreadsAtOnce
// Says: no connection
#include "09_connect/rest.h"

#include <algorithm>
#include <array>

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    static std::array<Endpoint, 16> table;
    const std::vector<Endpoint> all = look_up(host, service);
    const std::size_t n = std::min(all.size(), table.size());
    std::copy_n(all.begin(), n, table.begin());
    return connect_any(std::span{table}.first(n));
}

} // namespace kata
