// Learners that die: of a signal, of an exception, of their own hand.
#include "outcome.h"

#include <alloca.h>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

struct Escape {}; // no std::exception: thrown to get past every handler

void throws() { throw std::runtime_error{"broken promise"}; }
void keeps_its_word() noexcept { throws(); }

struct ThrowsWhenDestroyed {
    ~ThrowsWhenDestroyed() noexcept(false) { throw std::logic_error{"twice"}; }
};

void throws_while_it_unwinds()
{
    const ThrowsWhenDestroyed second;
    throw std::runtime_error{"once"};
}

int* volatile nothing = nullptr;

int recurses(int times) // below 0: without an end
{
    volatile char frame[4096];
    frame[0] = static_cast<char>(times);
    return times == 0 ? 0 : recurses(times - 1) + frame[0]; // not the last act: every call keeps its frame
}

std::string by(const char* asan, const char* tsan, const char* plain) { return with_asan ? asan : with_tsan ? tsan : plain; }

const HostileLearner dying[] = {
    {"Abort", [] { std::abort(); }, "killed by SIGABRT"},
    {"Terminate", [] { std::terminate(); }, "killed by SIGABRT"},
    {"ThrowsAnInt", [] { throw 42; }, "threw int"},
    {"ThrowsAStruct", [] { throw Escape{}; }, "Escape"},
    {"ThrowsAnException", [] { throw std::runtime_error{"lost my way"}; }, "threw std::runtime_error: lost my way"},
    {"ThrowsFromAThread", [] { std::thread{[] { throw std::runtime_error{"oops"}; }}.join(); },
     "killed by SIGABRT, by an exception that nobody caught: std::runtime_error: oops"},
    {"ThrowsFromNoexcept", [] { keeps_its_word(); },
     "killed by SIGABRT, by an exception that nobody caught: std::runtime_error: broken promise"},
    {"ThrowsWhileUnwinding", [] { throws_while_it_unwinds(); }, "killed by SIGABRT, by an exception that nobody caught:"},
    {"DestroysAJoinableThread", [] { std::thread{[] {}}; }, "killed by SIGABRT"},
    {"NullDereference", [] { *nothing = 1; },
     by("stopped by a sanitizer: UndefinedBehaviorSanitizer: runtime error: store to null pointer",
        "stopped by a sanitizer: ThreadSanitizer: SEGV", "killed by SIGSEGV")},
    {"StackOverflow", [] { std::exit(recurses(-1)); },
     by("stopped by a sanitizer: AddressSanitizer: stack-overflow", "stopped by a sanitizer: ThreadSanitizer: stack-overflow",
        "killed by SIGSEGV")},
    // 60 of its frames have room in 256 KiB, and all of them have it where a stack is as large as it is elsewhere.
    {"LittleStack",
     [] { std::exit(recurses(100)); },
     by("stopped by a sanitizer: AddressSanitizer: stack-overflow", "stopped by a sanitizer: ThreadSanitizer: stack-overflow",
        "killed by SIGSEGV"),
     {.limits = {.stack_kib = 256}}},
    {"KillsItself", [] { std::raise(SIGKILL); }, "killed by SIGKILL"},
    {"TerminatesItself", [] { std::raise(SIGTERM); }, "killed by SIGTERM"},
    // Its own process group, which holds nobody else. A learner that kills its parent, or every process of its user, is out
    // of the lab's reach: it runs with the rights of the test.
    {"KillsItsProcessGroup", [] { ::kill(0, SIGKILL); }, "killed by SIGKILL"},
    {"DiesOfAnAlarm",
     [] {
         ::alarm(1);
         ::pause();
     },
     "killed by SIGALRM"},
    {"DiesOfItsOwnLimit",
     [] {
         const rlimit none{0, 0};
         ::setrlimit(RLIMIT_FSIZE, &none);
         (void)!::write(1, "x", 1);
     },
     "killed by SIGXFSZ"},
    {"DiesInACall",
     [] {
         char byte = 0;
         (void)::recv(3, &byte, 1, 0);
     },
     "killed by SIGTERM inside recv(3)",
     {.during = [](Learner& you, Peer&) { you.gets_signal(SIGTERM); }}},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Dying, Hostile, testing::ValuesIn(dying), name_of_param);
