#pragma once

#include <type_traits>

// The system call itself, behind the recorder's back: what the laboratory asks for its own ends is nobody's row. As syscall(2):
// -1 with errno when it fails.
namespace lab {

long kernel_call(long number, long a, long b, long c, long d, long e, long f);

template <class T>
long in_a_word(T value)
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
    return kernel_call(number, in_a_word(a), in_a_word(b), in_a_word(c), in_a_word(d), in_a_word(e), in_a_word(f));
}

} // namespace lab
