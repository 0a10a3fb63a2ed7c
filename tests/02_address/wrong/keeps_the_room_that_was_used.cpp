// Mistake: keeps the size from call to call: after an IPv4 address there is room for no more than that
// Caught by: Robust.NamesBothEndsOverIPv6
// Says: the socket of a client has the listener's address
#include "02_address/rest.h"

namespace kata {

namespace {

Endpoint ask(int fd, int (*call)(int, sockaddr*, socklen_t*))
{
    thread_local Endpoint endpoint{{}, sizeof(sockaddr_storage)};
    if (call(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "ask"};
    return endpoint;
}

} // namespace

Endpoint local_endpoint(int fd) { return ask(fd, ::getsockname); }

Endpoint peer_endpoint(int fd) { return ask(fd, ::getpeername); }

} // namespace kata
