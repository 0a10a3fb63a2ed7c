// Mistake: first tries again after signals, then after refusals: a signal behind a refusal costs the answer
// Caught by: Hostile.SurvivesASenderThatIsGone
// Says: expected  ann receives the datagram "still there?"
#include "15_udp_server/rest.h"

namespace kata {

bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    const auto send = [&] { return ::sendto(fd, datagram.data(), datagram.size(), 0, to.address(), to.size); };
    ssize_t n = send();
    while (n < 0 && errno == EINTR)
        n = send();
    while (n < 0 && errno == ECONNREFUSED)
        n = send();
    return n >= 0;
}

} // namespace kata
