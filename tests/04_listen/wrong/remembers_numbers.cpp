// Mistake: remembers which numbers listen, and saves the call: a number is another socket by now
// Caught by: Robust.AsksTheKernelEachTime
// Says: ann is refused (RST)
#include "04_listen/listen.h"

#include <cerrno>
#include <map>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    static std::map<int, int> limits;
    if (const auto known = limits.find(bound_fd); known != limits.end() && known->second == backlog)
        return;
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    limits[bound_fd] = backlog;
}

} // namespace kata
