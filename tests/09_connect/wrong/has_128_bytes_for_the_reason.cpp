// Mistake: writes its message into 128 bytes, the service first: behind a long one there is no room for the reason
// Caught by: Robust.SaysThatAServiceIsNotKnown
// Says: what() is "cannot look up
#include "09_connect/rest.h"

#include <cstdio>

namespace kata {

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    try {
        return connect_any(look_up(host, service));
    } catch (const std::system_error&) {
        throw;
    } catch (const std::runtime_error& e) {
        char text[128];
        std::snprintf(text, sizeof text, "cannot look up %s: %s", std::string{service}.c_str(), e.what());
        throw std::runtime_error{text};
    }
}

} // namespace kata
