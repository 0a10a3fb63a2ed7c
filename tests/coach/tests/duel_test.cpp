#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

bool told(const Ended& ended, const std::string& words) { return ended.said.find(words) != std::string::npos; }

} // namespace

TEST(Duel, ShowsWhatCatchesAWrongAnswer)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.write("mine/01_one/one.cpp", red(1, 3, "01_one: a rule."));
    const Ended duel = tree.runs({"duel", "mine/01_one/one.cpp"});
    EXPECT_EQ(0, duel.status);
    EXPECT_EQ("01_one: a rule.\n\nCaught by Robust.Fails: the tests win.\n", duel.said);
    EXPECT_EQ(green(3), tree.read(tree.answer_file("01_one"))) << "One's own answer is left alone.";
}

TEST(Duel, SaysHowToGiveAHoleBack)
{
    const SmallTree tree;
    tree.write("exercises/01_one/one.h",
               "#pragma once\n\n// Does one thing. Throws when it\n// cannot.\n//\n//   one(1);\nvoid one(int);\n");
    tree.write("one.cpp", green(3));
    const Ended duel = tree.runs({"duel", "one.cpp"});
    EXPECT_EQ(1, duel.status);
    EXPECT_TRUE(told(duel, "01_one: not caught: it passes all 3 tests.\n")) << duel.said;
    EXPECT_TRUE(told(duel, "\n  - Does one thing.\n  - Throws when it cannot.\n\n")) << duel.said;
    EXPECT_TRUE(told(duel, "\n    tests/01_one/wrong/NAME.cpp\n\n// Mistake: ")) << duel.said;
    EXPECT_TRUE(duel.said.ends_with(green(3))) << duel.said;
}

TEST(Duel, TakesTheExerciseByNameAndAWrongAnswerThatIsThere)
{
    const SmallTree tree;
    const std::string wrong = "// Mistake: one\n// Caught by: Robust.Fails\n// Says: a rule\n" + red(0, 1, "02_two: a rule.");
    tree.write("tests/02_two/wrong/some.cpp", wrong);
    tree.write("some.txt", wrong);
    EXPECT_EQ(0, tree.runs({"duel", "tests/02_two/wrong/some.cpp"}).status);
    EXPECT_EQ(0, tree.runs({"duel", "two", "some.txt"}).status);
}

TEST(Duel, IsNoneWhereTheAnswerDoesNotCompile)
{
    const SmallTree tree;
    tree.write("one.cpp", broken());
    const Ended duel = tree.runs({"duel", "one.cpp"});
    EXPECT_EQ(1, duel.status);
    EXPECT_TRUE(told(duel, "01_one: does not compile.")) << duel.said;
    EXPECT_EQ("Cannot read nothing.cpp: No such file or directory\n", tree.runs({"duel", "nothing.cpp"}).said);
    EXPECT_EQ("Which file?\n", tree.runs({"duel"}).said);
}
