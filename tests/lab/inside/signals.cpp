// The signal that ends a wait (inside/clock.h) is the lab's own. The learner cannot unblock it, take it or see it; sigaction(2)
// of it fails as it does for the two that glibc keeps for itself.
#include "lab/inside/clock.h"
#include "lab/inside/shim.h"

#include <cerrno>

using namespace lab;

LAB_REAL(int, sigprocmask, int, const sigset_t*, sigset_t*)
LAB_REAL(int, pthread_sigmask, int, const sigset_t*, sigset_t*)
LAB_REAL(int, sigaction, int, const struct sigaction*, struct sigaction*)
LAB_REAL(sighandler_t, signal, int, sighandler_t)
LAB_REAL(int, sigpending, sigset_t*)
LAB_REAL(int, sigsuspend, const sigset_t*)
LAB_REAL(int, sigwait, const sigset_t*, int*)
LAB_REAL(int, sigwaitinfo, const sigset_t*, siginfo_t*)

sigset_t lab::without_wake_signal(const sigset_t& signals)
{
    sigset_t others = signals;
    sigdelset(&others, wake_signal());
    return others;
}

namespace {

sigset_t with_wake_signal(const sigset_t& signals)
{
    sigset_t all = signals;
    sigaddset(&all, wake_signal());
    return all;
}

int change_mask(int (*real)(int, const sigset_t*, sigset_t*), int how, const sigset_t* signals, sigset_t* before)
{
    if (recording == nullptr)
        return real(how, signals, before);
    sigset_t allowed{};
    if (signals != nullptr)
        allowed = how == SIG_SETMASK ? with_wake_signal(*signals) : without_wake_signal(*signals);
    const int result = real(how, signals != nullptr ? &allowed : nullptr, before);
    if (result == 0 && before != nullptr)
        sigdelset(before, wake_signal());
    return result;
}

bool is_the_labs(int signal)
{
    if (recording == nullptr || signal != wake_signal())
        return false;
    errno = EINVAL;
    return true;
}

} // namespace

LAB_SHIM(int, sigprocmask, (int how, const sigset_t* signals, sigset_t* before))
{
    return change_mask(real_sigprocmask(), how, signals, before);
}

LAB_SHIM(int, pthread_sigmask, (int how, const sigset_t* signals, sigset_t* before))
{
    return change_mask(real_pthread_sigmask(), how, signals, before);
}

LAB_SHIM(int, sigaction, (int signal, const struct sigaction* action, struct sigaction* before))
{
    return is_the_labs(signal) ? -1 : real_sigaction()(signal, action, before);
}

LAB_SHIM(sighandler_t, signal, (int signal, sighandler_t handler))
{
    return is_the_labs(signal) ? SIG_ERR : real_signal()(signal, handler);
}

LAB_SHIM(int, sigpending, (sigset_t * signals))
{
    const int result = real_sigpending()(signals);
    if (result == 0 && recording != nullptr)
        sigdelset(signals, wake_signal());
    return result;
}

LAB_SHIM(int, sigsuspend, (const sigset_t* mask))
{
    const sigset_t blocked = recording != nullptr ? with_wake_signal(*mask) : *mask;
    return real_sigsuspend()(&blocked);
}

LAB_SHIM(int, sigwait, (const sigset_t* signals, int* signal))
{
    const sigset_t wanted = recording != nullptr ? without_wake_signal(*signals) : *signals;
    return real_sigwait()(&wanted, signal);
}

LAB_SHIM(int, sigwaitinfo, (const sigset_t* signals, siginfo_t* info))
{
    const sigset_t wanted = recording != nullptr ? without_wake_signal(*signals) : *signals;
    return real_sigwaitinfo()(&wanted, info);
}
