// Mistake: takes a zero byte at the end of a path for that of a literal
// Caught by: Robust.KnowsHowLongANameMayBe
// Says: std::system_error with EINVAL
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd unix_listen(std::string_view text)
{
    if (text.size() > 1 && text[0] != '\0' && text.back() == '\0')
        text.remove_suffix(1);
    const Endpoint name = name_of(text);
    makes_room(std::string{text}.c_str(), name);
    return listener_at(name);
}

} // namespace kata
