// Mistake: sets an alarm for the limit, and returns without switching it off
// Caught by: Works.EndsItsStreamAndWaitsForThePeersEnd
// Says: a timer running
#include "08_close/rest.h"

#include <csignal>
#include <sys/time.h>

namespace kata {

CloseResult drain(int fd, Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    struct sigaction wakes {};
    wakes.sa_handler = [](int) {};
    ::sigaction(SIGALRM, &wakes, nullptr);
    const itimerval limit{{0, 0}, {left / 1000, left % 1000 * 1000}};
    ::setitimer(ITIMER_REAL, &limit, nullptr);
    do {
        char unwanted[16384];
        if (::recv(fd, unwanted, sizeof unwanted, 0) == 0)
            return CloseResult::clean;
        if (errno == ECONNRESET)
            return CloseResult::peer_reset;
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

} // namespace kata
