#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

TEST(List, ShowsTracksLevelsAndHowFarOneIs)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.answer("02_two", red(1, 4, "02_two: a rule."));
    tree.runs({"check", "1", "2"});
    const Ended list = tree.runs({"list"});
    EXPECT_EQ(0, list.status);
    EXPECT_EQ("Track 1: Steps\n"
              "  01_one                junior  green\n"
              "  02_two                mid     1 of 4 tests, then Robust.Fails\n"
              "\nTrack 2: Programs\n"
              "  10_ten                senior  not checked yet\n"
              "\n1 of 3 exercises are green.\n",
              list.said);
    EXPECT_EQ(2U, tree.builds()) << "It must not check again.";
}

// What was green before the last change is not called green.
TEST(List, ShowsOldResultsAsOld)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.answer("02_two", green(3));
    tree.runs({"check", "1", "2"});
    tree.answer("01_one", green(3));
    tree.write("tests/02_two/two_test.cpp", "// a new test");
    const Ended list = tree.runs({"list"});
    EXPECT_NE(std::string::npos, list.said.find("01_one                junior  was: green; the answer changed since\n"))
        << list.said;
    EXPECT_NE(std::string::npos, list.said.find("02_two                mid     was: green; the tests changed since\n"))
        << list.said;
    EXPECT_NE(std::string::npos, list.said.find("\n0 of 3 exercises are green.\n")) << list.said;
}

// A file time that goes back (a checkout, a copy) is a change as well.
TEST(List, TakesAnOlderAnswerForAnotherOne)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.runs({"check", "1"});
    tree.shell("touch -d 2001-01-01 " + tree.answer_file("01_one"));
    EXPECT_NE(std::string::npos, tree.runs({"list"}).said.find("the answer changed since"));
}

TEST(List, FitsEightyColumns)
{
    const SmallTree tree;
    std::string script = red(1, 4, "01_one: a rule.");
    for (std::size_t at = script.find("Robust.Fails"); at != std::string::npos; at = script.find("Robust.Fails", at + 80))
        script.replace(at, 12, "Robust." + std::string(80, 'x'));
    tree.answer("01_one", script);
    tree.runs({"check", "1"});
    Terminal terminal = tree.types({"list"});
    EXPECT_EQ(0, terminal.ends());
    std::size_t width = 0;
    for (const char c : terminal.screen()) {
        width = c == '\n' ? 0 : width + 1;
        ASSERT_LE(width, 80U) << terminal.screen();
    }
    EXPECT_NE(std::string::npos, terminal.screen().find("xxx...\n"));
}
