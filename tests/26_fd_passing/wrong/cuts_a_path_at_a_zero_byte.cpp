// Mistake: a path with a zero byte in it makes the file of another name
// Caught by: Robust.KnowsHowLongANameMayBe
// Says: std::system_error with EINVAL
#include "26_fd_passing/rest.h"

#include <cstddef>

namespace kata {

Endpoint name_of(std::string_view text)
{
    Endpoint name;
    auto* const un = reinterpret_cast<sockaddr_un*>(&name.storage);
    const std::size_t used = text.size() + (text.starts_with('\0') ? 0 : 1);
    if (text.empty() || used > sizeof un->sun_path)
        fail(text.empty() ? EINVAL : ENAMETOOLONG, "unix_listen");
    un->sun_family = AF_UNIX;
    text.copy(un->sun_path, text.size());
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + used);
    return name;
}

} // namespace kata
