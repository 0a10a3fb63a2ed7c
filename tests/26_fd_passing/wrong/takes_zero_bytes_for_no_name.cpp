// Mistake: takes an abstract name of zero bytes alone for no name at all
// Caught by: Robust.KnowsHowLongANameMayBe
// Says: a listener at the abstract name of one byte
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd unix_listen(std::string_view text)
{
    if (text.find_first_not_of('\0') == std::string_view::npos)
        fail(EINVAL, "unix_listen");
    const Endpoint name = name_of(text);
    makes_room(std::string{text}.c_str(), name);
    return listener_at(name);
}

} // namespace kata
