// Mistake: lets the kernel write into one static place for all threads
// Caught by: Robust.AsksForTwoThreadsAtOnce
// Says: came      it is bob
#include "02_address/rest.h"

namespace kata {

namespace {

Endpoint ask(int fd, int (*call)(int, sockaddr*, socklen_t*))
{
    static Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (call(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "ask"};
    return endpoint;
}

} // namespace

Endpoint local_endpoint(int fd) { return ask(fd, ::getsockname); }

Endpoint peer_endpoint(int fd) { return ask(fd, ::getpeername); }

} // namespace kata
