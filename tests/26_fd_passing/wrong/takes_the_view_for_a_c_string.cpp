// Mistake: the path is a view into a longer text, and it looks at the file of that name
// Caught by: Robust.TakesThePlaceOfADeadServer
// Says: bind: Address already in use
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd unix_listen(std::string_view text)
{
    const Endpoint name = name_of(text);
    makes_room(text.data(), name);
    return listener_at(name);
}

} // namespace kata
