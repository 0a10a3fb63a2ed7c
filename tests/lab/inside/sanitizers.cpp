#include "lab/inside/sanitizers.h"

#include "lab/machine/proc.h"

#include <cstddef>
#include <cstdlib>
#include <unistd.h>

// Present when the executable is built with LeakSanitizer (sanitizer/lsan_interface.h, allocator_interface.h); null otherwise.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" int __lsan_do_recoverable_leak_check() __attribute__((weak));
extern "C" std::size_t __sanitizer_get_current_allocated_bytes() __attribute__((weak));
// NOLINTEND(bugprone-reserved-identifier)

namespace lab {

namespace {

// Read before main(): a learner who sets the variable does not hide a leak.
const bool checks_memory = std::getenv("KATA_NO_LEAK_CHECK") == nullptr;

bool is_a_learners_process = false;
std::size_t in_use_before = 0;

bool can_count() { return __sanitizer_get_current_allocated_bytes != nullptr; }

} // namespace

void note_memory_in_use()
{
    is_a_learners_process = true;
    if (can_count())
        in_use_before = __sanitizer_get_current_allocated_bytes();
}

// LeakSanitizer looks through all memory, which takes as long as all else in a run together. Most bodies give back all that they
// took, and then there is nothing to look for: only a leak that is made up for, to the byte, by memory of before the body that
// was given back goes unseen so. Who cannot count looks each time. It is a tracer itself, and gives up with an error where a
// debugger is one already.
bool leaks_memory()
{
    const bool gave_all_back = can_count() && __sanitizer_get_current_allocated_bytes() == in_use_before;
    return __lsan_do_recoverable_leak_check != nullptr && checks_memory && !gave_all_back && !proc::is_traced(::getpid()) &&
           __lsan_do_recoverable_leak_check() != 0;
}

} // namespace lab

// A sanitizer's finding ends the child at once, with a status that the parent knows. The environment still overrides.
#define LAB_SANITIZER_DEFAULT extern "C" __attribute__((used, visibility("default"))) const char*
// NOLINTBEGIN(bugprone-reserved-identifier)
LAB_SANITIZER_DEFAULT __asan_default_options() { return "exitcode=66:detect_stack_use_after_return=1:handle_abort=0"; }
LAB_SANITIZER_DEFAULT __tsan_default_options() { return "exitcode=66:halt_on_error=1:report_thread_leaks=0"; }
LAB_SANITIZER_DEFAULT __ubsan_default_options() { return "exitcode=66:halt_on_error=1:print_stacktrace=1"; }

// LeakSanitizer asks this before it looks: where ptrace is forbidden, the look alone is fatal. When the test itself ends, nobody
// learns anything by it.
extern "C" __attribute__((used, visibility("default"))) int __lsan_is_turned_off()
{
    return lab::checks_memory && lab::is_a_learners_process ? 0 : 1;
}
// NOLINTEND(bugprone-reserved-identifier)
