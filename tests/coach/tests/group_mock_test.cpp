#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

std::string page_of(const std::string& seed, const std::string& rows, const std::string& notes)
{
    return "# Mock interview 2026-11-27_210000\n\n- level: senior\n- minutes: 20\n- seed: " + seed +
           "\n- end: after 12:00 of 20:00\n\n## Questions\n\n| Asked at | Question | Could say it |\n|---|---|---|\n" + rows +
           "\n## Exercise\n\n10_ten: The tenth thing\n\n" + notes;
}

} // namespace

TEST(GroupMock, CollectsThePagesOfOneInterview)
{
    const SmallTree tree;
    tree.write("ann.md", page_of("7", "| 0:10 | Q3 What is thing 3? | yes |\n| 2:00 | Q4 What is thing 4? | no |\n",
                                 "- 4:00 begun\n- 6:00 checked: 1 of 3 tests, then Robust.Fails\n- 9:00 checked: green\n"));
    tree.write("bob/mock/2026-11-27_210000.md", page_of("7", "| 0:10 | Q3 What is thing 3? | no time |\n", "- 4:00 begun\n"));
    tree.write("bob/mock/2026-11-28_210000.md", page_of("8", "| 0:10 | Q1 What is thing 1? | no |\n", ""));
    const Ended other = tree.runs({"group", "--mock", "ann=ann.md", "bob=bob"});
    EXPECT_EQ(2, other.status);
    EXPECT_NE(std::string::npos, other.said.find("bob's newest page is of another interview")) << other.said;

    const Ended both = tree.runs({"group", "--mock", "--seed", "7", "ann=ann.md", "bob=bob"});
    EXPECT_EQ(0, both.status);
    EXPECT_EQ(0U, both.said.find("The interview: seed 7, level senior, 20 minutes\n\n"
                                 "Q3 What is thing 3?\nQ4 What is thing 4?\nExercise 10_ten: The tenth thing\n\n"
                                 "          ann    bob\n"
                                 "Q3        yes    no time\n"
                                 "Q4        no     -\n"
                                 "exercise  green  -\n"))
        << both.said;
    EXPECT_NE(std::string::npos,
              tree.read("build/practice/group/mock.html").find("6:00 checked: 1 of 3 tests, then Robust.Fails"));
}

// What kata mock writes, it collects.
TEST(GroupMock, ReadsWhatMockWrites)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"mock", "--seed", "7", "--level", "senior", "--minutes", "0"});
    EXPECT_TRUE(terminal.sees("This page is kept:"));
    EXPECT_EQ(0, terminal.ends());
    const Ended collected = tree.runs({"group", "--mock", "me=state"});
    EXPECT_EQ(0, collected.status) << collected.said;
    EXPECT_NE(std::string::npos, collected.said.find("  no time\n")) << collected.said;
}

TEST(GroupMock, SaysWhereThereIsNoPage)
{
    const SmallTree tree;
    EXPECT_EQ("ann: there is no page of a mock interview in exercises.\n", tree.runs({"group", "--mock", "ann=exercises"}).said);
    EXPECT_EQ("A page is NAME=PATH, such as ann=ann.md; \"ann\" is not.\n", tree.runs({"group", "--mock", "ann"}).said);
    EXPECT_EQ(2, tree.runs({"group", "--mock"}).status);
}
