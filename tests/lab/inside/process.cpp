// The calls that end or multiply the process. A learner who calls exit(0) must not look like one who returned.
#include "lab/inside/shim.h"

#include <cerrno>
#include <cstdlib>
#include <pthread.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(void, exit, int)
LAB_REAL(void, _exit, int)
LAB_REAL(void, quick_exit, int)
LAB_REAL(pid_t, fork, void)
LAB_REAL(void, __cxa_throw, void*, void*, void (*)(void*))
LAB_REAL(int, pthread_create, pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)

namespace {

void leaving(Call name, int status)
{
    if (recording != nullptr) {
        Recording call{name, -1, status, getpid()};
        call.done(0);
        recording = nullptr; // what the runtime does on its way out is not the learner's
    }
}

} // namespace

LAB_SHIM(void, exit, (int status))
{
    leaving(Call::exit, status);
    real_exit()(status);
    __builtin_unreachable();
}

LAB_SHIM(void, _exit, (int status))
{
    leaving(Call::_exit, status);
    real__exit()(status);
    __builtin_unreachable();
}

LAB_SHIM_AS(void, capital_exit, "_Exit", (int status))
{
    leaving(Call::_exit, status);
    real__exit()(status);
    __builtin_unreachable();
}

LAB_SHIM(void, quick_exit, (int status))
{
    leaving(Call::quick_exit, status);
    real_quick_exit()(status);
    __builtin_unreachable();
}

LAB_SHIM(pid_t, fork, (void))
{
    if (recording == nullptr)
        return real_fork()();
    Recording call{Call::fork, -1};
    recording->forks.fetch_add(1);
    const pid_t child = real_fork()();
    return child == 0 ? 0 : static_cast<pid_t>(call.done(child)); // one event, the parent's
}

// Recorded only where it may be made to fail. It gives its error back, and leaves errno alone.
LAB_SHIM(int, pthread_create, (pthread_t * thread, const pthread_attr_t* how, void* (*act)(void*), void* with))
{
    if (recording != nullptr)
        recording->threads.fetch_add(1);
    if (recording == nullptr || recording->in_function == 0)
        return real_pthread_create()(thread, how, act, with);
    const int before = errno;
    Recording call{Call::pthread_create, -1};
    const int error = call.is_failed() ? call.failure() : real_pthread_create()(thread, how, act, with);
    errno = error;
    call.done(error == 0 ? 0 : -1);
    errno = before;
    return error;
}

// Counted, not recorded: whether a change that stays is one after a throw.
LAB_SHIM(void, __cxa_throw, (void* what, void* type, void (*destroy)(void*)))
{
    if (recording != nullptr)
        recording->throws.fetch_add(1);
    real___cxa_throw()(what, type, destroy);
    __builtin_unreachable();
}
