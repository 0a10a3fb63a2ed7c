#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

// Only the test that it names is asked for, and then the lab prints the lesson alone.
std::string wrong(const std::string& mistake, const std::string& lesson)
{
    return "// Mistake: " + mistake + "\n// Caught by: Robust.Fails\n// Says: words\n#!/bin/sh\n" +
           "[ \"$3\" = --gtest_filter=Robust.Fails ] || exit 9\necho\necho '" + lesson + "'\necho\nexit 1\n";
}

} // namespace

TEST(Spot, TellsTheMistakeOnlyWhenItWasSaid)
{
    const SmallTree tree;
    tree.write("tests/01_one/wrong/forgets_it.cpp", wrong("forgets the thing", "01_one: a thing must be kept."));
    Terminal terminal = tree.types({"spot", "1"});
    EXPECT_TRUE(terminal.sees("Say it, then press Enter."));
    EXPECT_NE(std::string::npos, terminal.screen().find("gtest_filter")) << "The code is there.";
    for (const char* hidden : {"forgets", "Caught by", "Says"})
        EXPECT_EQ(std::string::npos, terminal.screen().find(hidden)) << hidden;
    terminal.types("\r");
    EXPECT_TRUE(terminal.sees("The mistake: forgets the thing.\nCaught by: Robust.Fails\n"));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m a thing must be kept."));
    EXPECT_EQ(0, terminal.ends());
    EXPECT_NE(std::string::npos, tree.read("exercises/01_one/one.cpp").find("not written yet")) << "The learner's answer stays.";
    EXPECT_EQ("", tree.read("build/practice/coach/results/01_one")) << "It is no result of the learner.";
}

TEST(Spot, ShowsAnotherOneEachTime)
{
    const SmallTree tree;
    for (const char* name : {"a", "b", "c"})
        tree.write("tests/01_one/wrong/" + std::string{name} + ".cpp", wrong(std::string{"does "} + name, "01_one: a rule."));
    for (const char* name : {"a", "b", "c", "a"})
        EXPECT_NE(std::string::npos, tree.runs({"spot", "1"}).said.find(std::string{"The mistake: does "} + name + ".")) << name;
    EXPECT_EQ(tree.runs({"spot", "1", "--seed", "5"}).said, tree.runs({"spot", "1", "--seed", "5"}).said);
}

// Its reader has no answer to repair; what to read and what to ask stays.
TEST(Spot, LeavesOutWhereToGoOn)
{
    const SmallTree tree;
    tree.write("tests/01_one/wrong/a.cpp", wrong("is wrong", "01_one: a rule.\n\n  open  exercises/01_one/one.cpp     read  man "
                                                             "2 thing\n  hints exercises/01_one/HINTS.md     ask   Q1"));
    const Ended spot = tree.runs({"spot", "1"});
    EXPECT_NE(std::string::npos, spot.said.find("\n01_one: a rule.\n\n  read  man 2 thing\n  ask   Q1\n")) << spot.said;
}

// It has no mistake, as far as the tests can tell.
TEST(Spot, IsNotTrueOfAnAnswerThatIsGreen)
{
    const SmallTree tree;
    tree.write("tests/01_one/wrong/a.cpp", "// Mistake: none\n// Caught by: Robust.Fails\n// Says: words\n#!/bin/sh\n");
    EXPECT_EQ(1, tree.runs({"spot", "1"}).status);
}

TEST(Spot, SaysWhenThereIsNone)
{
    const SmallTree tree;
    const Ended spot = tree.runs({"spot", "2"});
    EXPECT_EQ(2, spot.status);
    EXPECT_EQ("There are no wrong answers in " + tree.path("tests/02_two/wrong.\n"), spot.said);
}
