#pragma once

#include <type_traits>

// The system call itself, behind the recorder's back: what the laboratory asks for its own ends is nobody's row. As syscall(2):
// -1 with errno when it fails.
namespace lab {

long kernel_call(long number, long a, long b, long c, long d, long e, long f);

template <class T>
long word(T value)
{
    if constexpr (std::is_null_pointer_v<T>)
        return 0;
    else if constexpr (std::is_pointer_v<T>)
        return reinterpret_cast<long>(value);
    else
        return static_cast<long>(value);
}

template <class A = long, class B = long, class C = long, class D = long, class E = long, class F = long>
long kernel(long number, A a = {}, B b = {}, C c = {}, D d = {}, E e = {}, F f = {})
{
    return kernel_call(number, word(a), word(b), word(c), word(d), word(e), word(f));
}

// The timed waits of futex(2) that libstdc++ makes for futures, semaphores and atomics, by the learner's clock.
long waits_for_futex(long a, long operation, long c, long time, long e, long bits);

} // namespace lab
