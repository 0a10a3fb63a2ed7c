// Mistake: sleeps for a millisecond after a datagram that is no answer, lest a flood costs the CPU
// Caught by: Hostile.ThrowsAwayWhatIsNoAnswer
// Says: you slept for a fixed time first
#include "16_udp_client/rest.h"

#include <algorithm>
#include <unistd.h>

namespace kata {

bool answers(const Bytes& datagram, const Bytes& request)
{
    if (datagram.size() >= 4 && std::equal(request.begin(), request.begin() + 4, datagram.begin()))
        return true;
    ::usleep(1'000);
    return false;
}

} // namespace kata
