// Mistake: asks the clock whether it is over, and then again how much is left
// Caught by: Robust.MayBeOverBetweenTwoLooks
// Says: ppoll: Invalid argument
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// As ppoll(2) wants it.
timespec time_until(Deadline deadline)
{
    const auto left = deadline - steady_clock::now();
    const auto whole = std::chrono::duration_cast<seconds>(left);
    return {whole.count(), std::chrono::nanoseconds{left - whole}.count()};
}

// Until there is something to read, the time is over, or a signal came: which of them, the next look at the socket tells. Not
// select(2): it dies of a descriptor above 1023.
void sleep_until_input(int fd, Deadline deadline)
{
    pollfd input{fd, POLLIN, 0};
    const timespec left = time_until(deadline);
    if (::ppoll(&input, 1, &left, nullptr) < 0 && errno != EINTR)
        fail("ppoll");
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
        if (got < 0 && errno == ECONNRESET)
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
