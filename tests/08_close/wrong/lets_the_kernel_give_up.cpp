// Mistake: hands its limit to the kernel as well, which then throws away what is not sent when that is over
// Caught by: Robust.LeavesTheRestToTheKernelWhenTheTimeIsOver
// Says: TCP_USER_TIMEOUT
#include "08_close/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{limit_ms};
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit_ms, sizeof limit_ms);
    return says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
}

} // namespace kata
