#pragma once

#include <cstdlib>
#include <functional>
#include <new>
#include <utility>

// For tests that ask about memory. Not a part of lab.h: whoever includes it has an operator new of its own, and AddressSanitizer
// then no longer sees new[] that ends in delete. In one piece of an executable only, for it defines that operator.
namespace lab {

// ThreadSanitizer's library for clang++ has operators of its own, and a hook, out of which nothing can be thrown.
#ifdef __clang__
#if __has_feature(thread_sanitizer)
#define LAB_HAS_AN_ALLOCATION_HOOK
#endif
#endif
#ifdef LAB_HAS_AN_ALLOCATION_HOOK
constexpr bool memory_can_run_out = false; // for GTEST_SKIP() << "this sanitizer does not let an allocation fail"
#else
constexpr bool memory_can_run_out = true;
#endif

// While it lives, the first allocation of this thread by operator new does something else, too: that is a moment in the middle of
// a function that allocates. What throws std::bad_alloc lets the allocation fail.
class AtAllocation {
public:
    explicit AtAllocation(std::function<void()> act) : act_{std::move(act)} { waiting = this; }
    AtAllocation(const AtAllocation&) = delete;
    AtAllocation& operator=(const AtAllocation&) = delete;
    ~AtAllocation() { waiting = nullptr; }
    bool came() const { return waiting != this; }
    static void allocates()
    {
        if (const AtAllocation* now = std::exchange(waiting, nullptr))
            now->act_();
    }

private:
    std::function<void()> act_;
    static inline thread_local AtAllocation* waiting = nullptr;
};

} // namespace lab

#ifdef LAB_HAS_AN_ALLOCATION_HOOK
extern "C" void __sanitizer_malloc_hook(const volatile void* /*memory*/, std::size_t /*size*/) { lab::AtAllocation::allocates(); }
#else
void* operator new(std::size_t size)
{
    lab::AtAllocation::allocates();
    void* memory = std::malloc(size != 0 ? size : 1);
    return memory != nullptr ? memory : throw std::bad_alloc{};
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    try {
        return operator new(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
#endif
