// Mistake: waits on after a signal by calling itself: the stack grows with the signals
// Caught by: Robust.WaitsOnAfterAnyNumberOfSignals
// Says: AddressSanitizer: stack-overflow
#include "20_serve_forever/rest.h"

#include <vector>

namespace kata {

namespace {

bool somebody_comes(int fd, Clock::time_point end, bool for_ever)
{
    std::vector<pollfd> all{{fd, POLLIN, 0}};
    const int ready = ::poll(all.data(), all.size(), for_ever ? -1 : left_until(end));
    if (ready < 0 && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "poll"};
    return ready < 0 ? somebody_comes(fd, end, for_ever) : ready > 0;
}

} // namespace

bool BaseServer::handle_request(int timeout_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    while (somebody_comes(fileno(), end, timeout_ms < 0))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
