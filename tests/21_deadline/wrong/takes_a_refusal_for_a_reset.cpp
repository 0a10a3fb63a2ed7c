// Mistake: takes ECONNREFUSED, which tells of an attempt to connect, for a reset of a connection
// Caught by: Robust.TellsAnErrorFromATimeout
// Says: came      no exception
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// As poll(2) wants it: whole milliseconds, rounded up, or the last one would be a busy loop; never negative, which would mean
// "for ever"; and no more than an int holds: who wakes up after 24 days just asks again.
int milliseconds_until(Deadline deadline)
{
    const Deadline now = steady_clock::now();
    if (deadline <= now) // also because min() - now would overflow
        return 0;
    return static_cast<int>(std::min<milliseconds::rep>(std::chrono::ceil<milliseconds>(deadline - now).count(), INT_MAX));
}

// Until there is something to read, the time is over, or a signal came: which of them, the next look at the socket tells. Not
// select(2): it dies of a descriptor above 1023.
void sleep_until_input(int fd, Deadline deadline)
{
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, milliseconds_until(deadline)) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    while (n < out.size()) {
        // MSG_DONTWAIT is for this call only: nothing of the socket is changed, so nothing has to be put back.
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && (errno == ECONNRESET || errno == ECONNREFUSED))
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() &&
            steady_clock::now() >= deadline) // after each look: a peer that always has a byte ready is late, too
            return {IoStatus::timeout, n};
        if (got < 0)
            sleep_until_input(fd, deadline);
    }
    return {IoStatus::ok, n};
}

} // namespace kata
