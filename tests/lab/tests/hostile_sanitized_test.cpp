// Mistakes that only a sanitizer sees. The build that has it must name them.
#include "outcome.h"

#include <climits>
#include <cstdlib>
#include <cstring>
#include <thread>

using namespace lab;

namespace {

int* volatile escaped = nullptr; // the optimiser must believe that somebody looks

char* allocates(std::size_t n)
{
    char* volatile memory = static_cast<char*>(std::malloc(n));
    return memory;
}

const HostileLearner memory[] = {
    {"HeapOverflow",
     [] {
         volatile char* const bytes = allocates(8);
         bytes[8] = 'x';
         std::free(const_cast<char*>(bytes));
     },
     "stopped by a sanitizer: AddressSanitizer: heap-buffer-overflow"},
    {"UseAfterFree",
     [] {
         int* const one = new int{1};
         escaped = one;
         delete one;
         *escaped = 2;
     },
     "stopped by a sanitizer: AddressSanitizer: heap-use-after-free"},
    {"DoubleFree",
     [] {
         int* const one = new int{1};
         escaped = one;
         delete one;
         delete escaped;
     },
     "stopped by a sanitizer: AddressSanitizer: attempting double-free"}, // and no address, or no two runs would look alike
    {"MemoryLeak",
     [] {
         escaped = new int[100];
         escaped = nullptr;
     },
     "leaked memory: LeakSanitizer: detected memory leaks"},
    {"MemoryLeakThatForbidsTheSearch",
     [] {
         escaped = new int[100];
         escaped = nullptr;
         ::setenv("KATA_NO_LEAK_CHECK", "1", 1);
     },
     "leaked memory: LeakSanitizer: detected memory leaks"},
    {"SignedOverflow",
     [] {
         volatile int most = INT_MAX;
         most = most + 1;
     },
     "stopped by a sanitizer: UndefinedBehaviorSanitizer: runtime error: signed integer overflow"},
    {"ShiftTooFar",
     [] {
         volatile int bits = 40;
         bits = 1 << bits;
     },
     "stopped by a sanitizer: UndefinedBehaviorSanitizer: runtime error: shift exponent 40 is too large"},
};

const HostileLearner threads[] = {
    {"DataRace",
     [] {
         int shared = 0;
         std::thread other{[&] { shared += 1; }};
         shared += 2;
         other.join();
     },
     "stopped by a sanitizer: ThreadSanitizer: data race"},
};

} // namespace

class UnderAddressSanitizer : public Hostile {};
class UnderThreadSanitizer : public Hostile {};

TEST_P(UnderAddressSanitizer, EndsRed)
{
    if (!with_asan)
        GTEST_SKIP() << "this build has no AddressSanitizer";
    if (std::strncmp(GetParam().name, "MemoryLeak", 10) == 0 && std::getenv("KATA_NO_LEAK_CHECK") != nullptr)
        GTEST_SKIP() << "KATA_NO_LEAK_CHECK is set";
    const Outcome outcome = outcome_of(GetParam().body);
    EXPECT_TRUE(outcome.red);
    EXPECT_NE(std::string::npos, outcome.verdict.find(GetParam().says)) << outcome.verdict << "\n" << outcome.printed;
}

TEST_P(UnderThreadSanitizer, EndsRed)
{
    if (!with_tsan)
        GTEST_SKIP() << "this build has no ThreadSanitizer";
    const Outcome outcome = outcome_of(GetParam().body);
    EXPECT_TRUE(outcome.red);
    EXPECT_NE(std::string::npos, outcome.verdict.find(GetParam().says)) << outcome.verdict << "\n" << outcome.printed;
}

INSTANTIATE_TEST_SUITE_P(Memory, UnderAddressSanitizer, testing::ValuesIn(memory), name_of_param);
INSTANTIATE_TEST_SUITE_P(Threads, UnderThreadSanitizer, testing::ValuesIn(threads), name_of_param);
