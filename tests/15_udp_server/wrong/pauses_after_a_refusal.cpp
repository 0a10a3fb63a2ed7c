// Mistake: sleeps for 10 ms after an error that an earlier answer left behind, and lets the next sender wait
// Caught by: Hostile.SurvivesASenderThatIsGone
// Says: you slept for a fixed time first
#include "15_udp_server/rest.h"

#include <unistd.h>

namespace kata {

bool is_an_earlier_answers(int error)
{
    const bool is = error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EPROTO;
    if (is)
        ::usleep(10'000); // a flood of refusals must not cost the CPU
    return is;
}

} // namespace kata
