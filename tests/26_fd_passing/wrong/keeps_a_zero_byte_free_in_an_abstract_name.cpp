// Mistake: an abstract name of 108 bytes is too long for it
// Caught by: Robust.KnowsHowLongANameMayBe
// Says: File name too long
#include "26_fd_passing/rest.h"

namespace kata {

Endpoint name_of(std::string_view text)
{
    Endpoint name;
    auto* const un = reinterpret_cast<sockaddr_un*>(&name.storage);
    if (text.empty() || text.size() >= sizeof un->sun_path)
        fail(text.empty() ? EINVAL : ENAMETOOLONG, "unix_listen");
    un->sun_family = AF_UNIX;
    text.copy(un->sun_path, text.size());
    const std::size_t used = text.size() + (text.front() != 0 ? 1 : 0);
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + used);
    return name;
}

} // namespace kata
