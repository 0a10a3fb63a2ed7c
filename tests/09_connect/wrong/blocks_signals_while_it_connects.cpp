// Mistake: blocks all signals, so that none cuts connect() short: Ctrl-C does nothing for two minutes
// Caught by: Hostile.WaitsThroughManySignals
// Says: bob receives "!"
#include "09_connect/rest.h"

#include <csignal>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    sigset_t all{}, before{};
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);
    const int error = ::connect(fd, to.address(), to.size) < 0 ? errno : 0;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return error;
}

} // namespace kata
