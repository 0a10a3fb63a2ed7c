// What a failure looks like, as whole text. The failures are those of fixtures.cpp.
#include "outcome.h"
#include "program.h"

#include <string>

using namespace lab;

namespace {

std::string lesson_of(const std::string& test, const std::string& environment = "")
{
    const Printed printed = fixture(test, environment);
    EXPECT_EQ(1, printed.status);
    return without_times(printed.text);
}

} // namespace

TEST(Lesson, TellsWhatWasExpectedAndWhatCame) { EXPECT_EQ("", lesson_of("Works.ExpectsAndGets")); }
TEST(Lesson, TellsAVerdict) { EXPECT_EQ("", lesson_of("Works.GivesAVerdict")); }
TEST(Lesson, TellsWhatTheChildExpected) { EXPECT_EQ("", lesson_of("Works.ExpectsInTheChild")); }
TEST(Lesson, IsOneLineForAnUnwrittenExercise) { EXPECT_EQ("", lesson_of("Works.IsNotWritten")); }
TEST(Lesson, A) { EXPECT_EQ("", lesson_of("Robust.IsStuckWithTwoPeers")); }
TEST(Lesson, B) { EXPECT_EQ("", lesson_of("Robust.SpinsForALongTime")); }
TEST(Lesson, C) { EXPECT_EQ("", lesson_of("Robust.MakesManyDifferentCalls")); }
TEST(Lesson, D) { EXPECT_EQ("", lesson_of("Robust.OverflowsTheHeap")); }
TEST(Lesson, E) { EXPECT_EQ("", lesson_of("Works.HasNoLearner")); }
