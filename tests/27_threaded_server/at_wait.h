#pragma once

#include <atomic>
#include <dlfcn.h>
#include <functional>
#include <pthread.h>
#include <utility>

// For tests of the moment before a sleep. Whoever includes it has a pthread_cond_wait() of its own, in front of libc's; in one
// piece of an executable only, for it defines that function.

// While it lives, the next thread that begins to wait for a notification, whichever it is, does something else before: it has
// looked, and found nothing, and has its lock still.
class AtWait {
public:
    explicit AtWait(std::function<void()> act) : act_{std::move(act)} { expected = this; }
    AtWait(const AtWait&) = delete;
    AtWait& operator=(const AtWait&) = delete;
    ~AtWait() { expected = nullptr; }
    static void begins()
    {
        if (const AtWait* now = expected.exchange(nullptr))
            now->act_();
    }

private:
    std::function<void()> act_;
    static inline std::atomic<AtWait*> expected{nullptr};
};

// ThreadSanitizer's own where there is one: clang++ links it into the executable.
extern "C" int at_wait_interceptor(pthread_cond_t*, pthread_mutex_t*) __asm__("__interceptor_pthread_cond_wait")
    __attribute__((weak));

extern "C" __attribute__((visibility("default"), used)) int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex)
{
    using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*);
    static const Wait waits =
        at_wait_interceptor != nullptr ? at_wait_interceptor : reinterpret_cast<Wait>(::dlsym(RTLD_NEXT, "pthread_cond_wait"));
    AtWait::begins();
    return waits(condition, mutex);
}
