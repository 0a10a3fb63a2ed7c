#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

TEST(Hint, GivesOneMoreEachTime)
{
    const SmallTree tree;
    EXPECT_EQ("01_one, hint 1. Mild (of 2)\n\n  Think of it.\n", tree.runs({"hint", "1"}).said);
    EXPECT_EQ("01_one, hint 2. Stronger (of 2)\n\n  Read the page.\n", tree.runs({"hint", "1"}).said);
    EXPECT_EQ("01_one, hint 2. Stronger (of 2)\n\n  Read the page.\n\n"
              "  There are no more. The first one again:  build/practice/kata hint 01 1\n",
              tree.runs({"hint", "1"}).said);
    EXPECT_EQ("01_one, hint 1. Mild (of 2)\n\n  Think of it.\n", tree.runs({"hint", "01", "1"}).said);
    EXPECT_EQ("02_two, hint 1. Mild (of 2)\n\n  Think of it.\n", tree.runs({"hint", "two"}).said)
        << "Each exercise counts for itself.";
}

TEST(Hint, SaysWhichThereAre)
{
    const SmallTree tree;
    const Ended hint = tree.runs({"hint", "1", "9"});
    EXPECT_EQ(2, hint.status);
    EXPECT_EQ("There are hints 1 to 2, and no \"9\".\n", hint.said);
}

TEST(Solution, AsksWhileItIsNotGreen)
{
    const SmallTree tree;
    tree.answer("01_one", red(1, 3, "01_one: a rule."));
    tree.runs({"check", "1"});
    for (const bool sure : {false, true}) {
        Terminal terminal = tree.types({"solution", "1"});
        EXPECT_TRUE(terminal.sees("01_one is not green. A hint may be enough. See the answer all the same? (y/n) "));
        terminal.types(sure ? "y" : "n");
        EXPECT_EQ(sure ? 0 : 1, terminal.ends());
        EXPECT_EQ(sure, terminal.screen().find("+echo '[       OK ] Works.T2 (1 ms)'") != std::string::npos) << terminal.screen();
    }
    EXPECT_EQ(2, tree.runs({"solution", "1"}).status) << "Nobody is there to ask.";
    EXPECT_EQ(0, tree.runs({"solution", "1", "--yes"}).status);
}

TEST(Solution, IsADifferenceFromTheGreenAnswer)
{
    const SmallTree tree;
    tree.answer("01_one", green(3) + "# mine\n");
    tree.runs({"check", "1"});
    const Ended solution = tree.runs({"solution", "1"});
    EXPECT_EQ(0, solution.status);
    EXPECT_EQ(0U, solution.said.find("--- exercises/01_one/one.cpp\n+++ solutions/01_one/one.cpp\n")) << solution.said;
    EXPECT_NE(std::string::npos, solution.said.find("\n-# mine\n")) << solution.said;
}

// To a stub there is nothing to compare.
TEST(Solution, StandsAloneForAStub)
{
    const SmallTree tree;
    tree.runs({"check", "1"});
    EXPECT_EQ(green(3), tree.runs({"solution", "1", "--yes"}).said);
}
