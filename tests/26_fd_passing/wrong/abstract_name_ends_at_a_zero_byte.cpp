// Mistake: copies an abstract name as a C string: up to the next zero byte
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
    std::strcpy(un->sun_path + 1, std::string{text.substr(1)}.c_str());
    un->sun_path[0] = text.front();
    name.size =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + std::strlen(un->sun_path + 1) + (text.front() != 0 ? 1 : 0));
    return name;
}

} // namespace kata
