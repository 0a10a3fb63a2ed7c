// Mistake: sends its answers from a static place: two threads have the same
// Caught by: Robust.ServesInTwoThreadsAtOnce
// Says: ann receives the datagram "I am ann"
#include "15_udp_server/rest.h"

#include <vector>

namespace kata {

bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    static std::vector<std::byte> answer;
    answer.assign(datagram.begin(), datagram.end());
    ssize_t n = -1;
    do
        n = ::sendto(fd, answer.data(), answer.size(), 0, to.address(), to.size);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    return n >= 0;
}

} // namespace kata
