// Odd: blocks first, and takes it back where that was in vain; reads all signals that wait, and counts them
#include "30_wakeup_and_signals/rest.h"

#include <fcntl.h>

namespace kata {

UniqueFd make_signal_fd(std::initializer_list<int> signals)
{
    const sigset_t set = set_of(signals);
    sigset_t before{};
    pthread_sigmask(SIG_BLOCK, &set, &before);
    UniqueFd fd{::signalfd(-1, &set, 0)};
    const int error = errno;
    if (fd && ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC) == 0 && ::fcntl(fd.get(), F_SETFL, O_NONBLOCK) == 0)
        return fd;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw std::system_error{error, std::generic_category(), "signalfd"};
}

void gets_signal(Ending& ending)
{
    signalfd_siginfo all[12]{};
    const ssize_t n = ::read(ending.signal_fd, all, sizeof all);
    const ssize_t came = n / static_cast<ssize_t>(sizeof all[0]);
    const bool is_first = came > 0 && !std::exchange(ending.is_draining, true);
    if (came > (is_first ? 1 : 0))
        ending.loop.stop(); // before the drain, which may throw
    if (is_first)
        ending.drain();
}

} // namespace kata
