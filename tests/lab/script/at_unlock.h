#pragma once

#include <cerrno>
#include <dlfcn.h>
#include <functional>
#include <pthread.h>
#include <utility>

// For tests of the moment behind a lock. Not a part of lab.h: whoever includes it has a pthread_mutex_unlock() of its own, in
// front of libc's. In one piece of an executable only, for it defines that function.
namespace lab {

// While it lives, this thread does something else when it has given back a lock for the nth time from now on.
class AtUnlock {
public:
    AtUnlock(int nth, std::function<void()> act) : left_{nth}, act_{std::move(act)} { expected = this; }
    AtUnlock(const AtUnlock&) = delete;
    AtUnlock& operator=(const AtUnlock&) = delete;
    ~AtUnlock() { expected = nullptr; }
    static void unlocked()
    {
        if (expected == nullptr || --expected->left_ > 0)
            return;
        const int saved = errno;
        std::exchange(expected, nullptr)->act_();
        errno = saved;
    }

private:
    int left_;
    std::function<void()> act_;
    static inline thread_local AtUnlock* expected = nullptr;
};

} // namespace lab

// ThreadSanitizer's own where clang++ links it into the executable; g++ has it in a library, where dlsym() finds it.
extern "C" int at_unlock_interceptor(pthread_mutex_t*) __asm__("__interceptor_pthread_mutex_unlock") __attribute__((weak));

extern "C" __attribute__((visibility("default"), used)) int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept
{
    using Unlock = int (*)(pthread_mutex_t*);
    static const Unlock unlocks = at_unlock_interceptor != nullptr
                                      ? at_unlock_interceptor
                                      : reinterpret_cast<Unlock>(::dlsym(RTLD_NEXT, "pthread_mutex_unlock"));
    const int result = unlocks(mutex);
    lab::AtUnlock::unlocked();
    return result;
}
