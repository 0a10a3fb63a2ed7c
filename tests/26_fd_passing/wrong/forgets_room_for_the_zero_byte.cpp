// Mistake: takes a path of 108 bytes, which leaves no room for the zero byte
// Caught by: Robust.KnowsHowLongANameMayBe
// Says: std::system_error with ENAMETOOLONG
#include "26_fd_passing/rest.h"

#include <algorithm>

namespace kata {

Endpoint name_of(std::string_view text)
{
    Endpoint name;
    auto* const un = reinterpret_cast<sockaddr_un*>(&name.storage);
    if (text.empty() || text.size() > sizeof un->sun_path)
        fail(text.empty() ? EINVAL : ENAMETOOLONG, "unix_listen");
    un->sun_family = AF_UNIX;
    text.copy(un->sun_path, text.size());
    const std::size_t used = std::min(text.size() + (text.front() != 0 ? 1 : 0), sizeof un->sun_path);
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + used);
    return name;
}

} // namespace kata
