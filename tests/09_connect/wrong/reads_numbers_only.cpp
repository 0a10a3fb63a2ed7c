// Mistake: takes every host for a numeric address
// Caught by: Works.TriesAllAddressesOfAName
// Says: not an address and port: db.test
#include "09_connect/rest.h"

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    const bool v6 = host.find(':') != std::string_view::npos;
    const std::string name{host};
    const Endpoint endpoint = parse_endpoint((v6 ? "[" + name + "]" : name) + ":" + std::string{service});
    return connect_any({&endpoint, 1});
}

} // namespace kata
