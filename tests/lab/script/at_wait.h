#pragma once

#include <atomic>
#include <dlfcn.h>
#include <functional>
#include <pthread.h>
#include <utility>

// For tests of the moment before a sleep. Not a part of lab.h: whoever includes it has a pthread_cond_wait() of its own, in front
// of libc's. In one piece of an executable only, for it defines that function.
namespace lab {

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

} // namespace lab

// ThreadSanitizer's own where clang++ links it into the executable; g++ has it in a library, where dlsym() finds it.
extern "C" int at_wait_interceptor(pthread_cond_t*, pthread_mutex_t*) __asm__("__interceptor_pthread_cond_wait")
    __attribute__((weak));

extern "C" __attribute__((visibility("default"), used)) int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex)
{
    using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*);
    static const Wait waits = [] {
        void* next = at_wait_interceptor != nullptr ? reinterpret_cast<void*>(at_wait_interceptor) : nullptr;
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
        if (next == nullptr) // libc has an older one, too, for programs of 2002, which knows nothing of today's conditions
            next = ::dlvsym(RTLD_NEXT, "pthread_cond_wait", "GLIBC_2.3.2");
#endif
        return reinterpret_cast<Wait>(next != nullptr ? next : ::dlsym(RTLD_NEXT, "pthread_cond_wait"));
    }();
    lab::AtWait::begins();
    return waits(condition, mutex);
}
