// Mistake: reads a name as ss(8) writes it: an @ in front is the zero byte of an abstract name
// Caught by: Robust.TakesAPathAsItStands
// Says: no file of that name
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd unix_listen(std::string_view text)
{
    std::string whole{text};
    if (whole.starts_with('@'))
        whole[0] = '\0';
    const Endpoint name = name_of(whole);
    makes_room(whole.c_str(), name);
    return listener_at(name);
}

} // namespace kata
