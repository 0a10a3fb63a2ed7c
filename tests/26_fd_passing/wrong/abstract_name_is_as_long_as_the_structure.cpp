// Mistake: an abstract name with all the zero bytes behind it is another name
// Caught by: Works.ListensAtAnAbstractName
// Says: ECONNREFUSED
#include "26_fd_passing/rest.h"

namespace kata {

Endpoint name_of(std::string_view text)
{
    Endpoint name;
    auto* const un = reinterpret_cast<sockaddr_un*>(&name.storage);
    if (text.empty() || text.size() + (text.front() != 0 ? 1 : 0) > sizeof un->sun_path)
        fail(text.empty() ? EINVAL : ENAMETOOLONG, "unix_listen");
    un->sun_family = AF_UNIX;
    text.copy(un->sun_path, text.size());
    name.size = sizeof *un;
    return name;
}

} // namespace kata
