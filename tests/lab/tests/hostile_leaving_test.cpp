// Learners that end their process, or their thread, so that it looks like a success.
#include "outcome.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <pthread.h>
#include <stdexcept>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

void in_a_thread(void (*work)()) { std::thread{work}.join(); }

void exits_when_memory_is_touched(int) { ::_exit(0); }

void touches_forbidden_memory()
{
    volatile std::uintptr_t nowhere = 4096;
    *reinterpret_cast<volatile int*>(nowhere) = 1;
}

const HostileLearner leaving[] = {
    {"Exit", [] { std::exit(0); }, "called exit(0) instead of returning"},
    {"UnderscoreExit", [] { ::_exit(0); }, "called _exit(0) instead of returning"},
    {"CapitalExit", [] { std::_Exit(0); }, "called _exit(0) instead of returning"},
    {"QuickExit", [] { std::quick_exit(0); }, "called quick_exit(0) instead of returning"},
    {"ExitWithAFailure", [] { std::exit(7); }, "called exit(7) instead of returning"},
    {"ExitInAThread", [] { in_a_thread([] { std::exit(0); }); }, "called exit(0) instead of returning"},
    {"ExitAfterPraisingItself",
     [] {
         std::puts("[       OK ] Hostile.EndsRed (0 ms)\n[  PASSED  ] 1 test.");
         std::exit(0);
     },
     "called exit(0) instead of returning"},
    {"RawExitGroup", [] { ::syscall(SYS_exit_group, 0); }, "the process ended with status 0 before the function returned"},
    {"AnotherProgram", [] { ::execl("/bin/sh", "sh", "-c", "exit 0", nullptr); },
     "the process ended with status 0 before the function returned"},
    {"PthreadExit", [] { ::pthread_exit(nullptr); }, "called pthread_exit() instead of returning"},
    {"SegvHandlerThatExits",
     [] {
         std::signal(SIGSEGV, exits_when_memory_is_touched);
         touches_forbidden_memory();
     },
     "called _exit(0) instead of returning"},
    {"TerminateHandlerThatExits",
     [] {
         std::set_terminate([] { std::exit(0); });
         in_a_thread([] { throw std::runtime_error{"oops"}; });
     },
     "called exit(0) instead of returning"},
    {"ExitAtTheEndOfAThread",
     [] {
         in_a_thread([] {
             struct Last {
                 ~Last() { ::_exit(0); }
             };
             static thread_local Last last;
             (void)last;
         });
     },
     "called _exit(0) instead of returning"},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Leaving, Hostile, testing::ValuesIn(leaving), name_of_param);
