// Mistake: repeats a close() that a signal has interrupted: the number is free by then
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: you closed the socket twice
#include "08_close/rest.h"

#include <unistd.h>

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    const CloseResult result = says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
    const int number = fd.release();
    while (::close(number) < 0 && errno == EINTR) {
    }
    return result;
}

} // namespace kata
