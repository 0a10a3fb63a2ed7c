#pragma once

#include "lab/inside/recorder.h"

#include <cstdlib>
#include <ctime>
#include <dlfcn.h>

// How a shim takes a libc name. The test executable defines `recv` itself; each shim records and then calls the real one:
// the sanitizer's interceptor where it is linked statically (clang), else the next definition in link order, which is the
// sanitizer's shared library (g++) or libc. A raw system call would hide the call from ThreadSanitizer.
//
// Asm labels give our functions the libc symbol without declaring the libc name a second time: no clash with noexcept, with
// fortified inline bodies, or between shims that call one another.

#define LAB_REAL(result, name, ...)                                                                                              \
    extern "C" result lab_interceptor_##name(__VA_ARGS__) __asm__("__interceptor_" #name) __attribute__((weak));                 \
    static auto real_##name()                                                                                                    \
    {                                                                                                                            \
        using Function = result (*)(__VA_ARGS__);                                                                                \
        static const Function function =                                                                                         \
            lab_interceptor_##name != nullptr ? lab_interceptor_##name : reinterpret_cast<Function>(::dlsym(RTLD_NEXT, #name));  \
        return function;                                                                                                         \
    }

// What libc says and does when a buffer is smaller than the program claims.
extern "C" [[noreturn]] void lab_chk_fail(void) __asm__("__chk_fail") __attribute__((weak));
[[noreturn]] inline void overflows()
{
    if (lab_chk_fail != nullptr)
        lab_chk_fail();
    std::abort();
}

// LAB_SHIM(int, listen, (int fd, int backlog)) { ... }
#define LAB_SHIM_AS(result, name, symbol, params)                                                                                \
    extern "C" __attribute__((visibility("default"), used)) result lab_shim_##name params __asm__(symbol);                       \
    extern "C" result lab_shim_##name params
#define LAB_SHIM(result, name, params) LAB_SHIM_AS(result, name, #name, params)

// For a time that a call is given: -1 is for ever.
inline long milliseconds(const timespec* t) { return t == nullptr ? -1 : t->tv_sec * 1000 + t->tv_nsec / 1'000'000; }
