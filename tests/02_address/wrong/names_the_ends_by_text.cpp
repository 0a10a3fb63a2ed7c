// Mistake: makes the endpoint from the text of getnameinfo(), which names the interface: its own parser does not read that
// Caught by: Robust.KeepsTheScopeThatTheKernelNames
// Says: threw
#include "02_address/rest.h"

#include <netdb.h>

namespace kata {

Endpoint local_endpoint(int fd)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    char ip[NI_MAXHOST], port[NI_MAXSERV];
    ::getnameinfo(reinterpret_cast<sockaddr*>(&name), size, ip, sizeof ip, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
    const std::string host = name.ss_family == AF_INET6 ? "[" + std::string{ip} + "]" : ip;
    return parse_endpoint(host + ":" + port);
}

} // namespace kata
