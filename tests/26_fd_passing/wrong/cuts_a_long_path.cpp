// Mistake: cuts a path that is too long, and listens at another one
// Caught by: Robust.KnowsHowLongANameMayBe
// Says: std::system_error with ENAMETOOLONG
#include "26_fd_passing/rest.h"

namespace kata {

Endpoint name_of(std::string_view text)
{
    Endpoint name;
    auto* const un = reinterpret_cast<sockaddr_un*>(&name.storage);
    if (text.empty())
        fail(EINVAL, "unix_listen");
    const std::size_t used = text.copy(un->sun_path, sizeof un->sun_path - 1) + (text.front() == 0 ? 0 : 1);
    un->sun_family = AF_UNIX;
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + used);
    return name;
}

} // namespace kata
