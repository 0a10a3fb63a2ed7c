// Mistake: turns the service into a number itself: atoi() makes 0 of a name
// Caught by: Robust.SaysThatAServiceIsNotKnown
// Says: Servname not supported
#include "09_connect/rest.h"

#include <cstdlib>

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    const int port = std::atoi(std::string{service}.c_str());
    return connect_any(look_up(host, std::to_string(port)));
}

} // namespace kata
