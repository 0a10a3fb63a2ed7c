// Mistake: asks once for each number, and remembers the answer
// Caught by: Robust.NamesWhatASocketIsNow
// Says: connect() has given it an address of its own
#include "02_address/rest.h"

#include <map>

namespace kata {

Endpoint local_endpoint(int fd)
{
    static std::map<int, Endpoint> known;
    if (const auto found = known.find(fd); found != known.end())
        return found->second;
    Endpoint endpoint;
    endpoint.size = sizeof endpoint.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getsockname"};
    return known[fd] = endpoint;
}

} // namespace kata
