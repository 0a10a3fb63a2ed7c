// Where ptrace(2) is forbidden, as in some containers, LeakSanitizer cannot look, and says so at the end of each run that keeps
// memory.
#include "outcome.h"
#include "program.h"

using namespace lab;

namespace {

constexpr const char* its_words = "LeakSanitizer has encountered a fatal error"; // README.md quotes them

class WherePtraceIsForbidden : public testing::Test {
protected:
    void SetUp() override
    {
        if (!with_asan)
            GTEST_SKIP() << "this build has no AddressSanitizer";
    }
};

} // namespace

TEST_F(WherePtraceIsForbidden, LeakSanitizerGivesUp)
{
    const Printed printed = fixture_without_ptrace("Works.KeepsAText", "env -u KATA_NO_LEAK_CHECK");
    if (printed.status == 126)
        GTEST_SKIP() << "seccomp(2) is not to be had here";
    EXPECT_NE(0, printed.status);
    EXPECT_NE(std::string::npos, printed.text.find(its_words)) << printed.text;
}

TEST_F(WherePtraceIsForbidden, NobodyLooksForLeaksWithTheVariable)
{
    const Printed printed = fixture_without_ptrace("Works.KeepsAText", "KATA_NO_LEAK_CHECK=1");
    if (printed.status == 126)
        GTEST_SKIP() << "seccomp(2) is not to be had here";
    EXPECT_EQ(0, printed.status);
    EXPECT_EQ("", printed.text);
}
