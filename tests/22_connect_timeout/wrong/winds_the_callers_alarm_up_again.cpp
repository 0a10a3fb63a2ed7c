// Mistake: sets the caller's alarm again, with the time that was left before it waited
// Caught by: Robust.LeavesTheCallersAlarm
// Says: it rings in 3600 s
#include "22_connect_timeout/connect_timeout.h"
#include <cerrno>
#include <csignal>
#include <sys/time.h>
#include <system_error>
namespace kata {
namespace {
volatile std::sig_atomic_t rang = 0;
void ring(int) { rang = 1; }
struct Alarm {
    struct sigaction old {};
    itimerval callers{};
    explicit Alarm(int ms)
    {
        rang = 0;
        struct sigaction a {};
        a.sa_handler = ring;
        ::sigaction(SIGALRM, &a, &old);
        const itimerval v{{0, 1000}, {ms / 1000, ms % 1000 * 1000}};
        const itimerval soon{{0, 1000}, {0, 1}};
        ::setitimer(ITIMER_REAL, ms > 0 ? &v : &soon, &callers);
    }
    ~Alarm()
    {
        ::setitimer(ITIMER_REAL, &callers, nullptr);
        ::sigaction(SIGALRM, &old, nullptr);
    }
};
} // namespace
UniqueFd connect_with_timeout(const Endpoint& to, int limit_ms)
{
    UniqueFd fd = open_socket(to.family(), SOCK_STREAM);
    int error = 0;
    {
        const Alarm alarm{limit_ms};
        while (::connect(fd.get(), to.address(), to.size) < 0) {
            if (errno == EISCONN)
                break;
            if ((errno == EINTR || errno == EALREADY) && !rang)
                continue;
            error = errno == EINTR || errno == EALREADY ? ETIMEDOUT : errno;
            break;
        }
    }
    if (error != 0)
        throw std::system_error{error, std::generic_category(), "connect"};
    if (to_string(local_endpoint(fd.get())) == to_string(peer_endpoint(fd.get())))
        throw std::system_error{ECONNREFUSED, std::generic_category(), "connect"};
    return fd;
}
} // namespace kata
