// Mistake: counts down what is left in whole milliseconds: what is less costs nothing
// Caught by: Hostile.ADribbleBuysNoTime
// Says: us after it
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

// As poll(2) wants it.
int as_int(milliseconds left) { return static_cast<int>(std::min<milliseconds::rep>(left.count(), INT_MAX)); }

// Until there is something to read, the time is over, or a signal came: which of them, the next look at the socket tells.
void sleep_until_input(int fd, milliseconds left)
{
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, as_int(left)) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    steady_clock::time_point last = steady_clock::now();
    milliseconds left = deadline <= last ? milliseconds{0} : std::chrono::ceil<milliseconds>(deadline - last);
    while (n < out.size()) {
        // MSG_DONTWAIT is for this call only: nothing of the socket is changed, so nothing has to be put back.
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        const steady_clock::time_point now = steady_clock::now();
        left -= std::chrono::floor<milliseconds>(now - last);
        last = now;
        if (n < out.size() && left <= milliseconds{0}) // after each look: a peer that always has a byte ready is late, too
            return {IoStatus::timeout, n};
        if (got < 0)
            sleep_until_input(fd, left);
    }
    return {IoStatus::ok, n};
}

} // namespace kata
