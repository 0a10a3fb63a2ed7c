#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

std::string page(const SmallTree& tree)
{
    tree.shell("cat state/socket-kata/mock/*.md >page");
    return tree.read("page");
}

} // namespace

// Without a terminal: the sheet of an interviewer, the same for the same seed.
TEST(Mock, TheSameSeedIsTheSameInterview)
{
    const SmallTree tree;
    const Ended sheet = tree.runs({"mock", "--seed", "7", "--level", "senior"});
    EXPECT_EQ(0, sheet.status);
    EXPECT_NE(std::string::npos, sheet.said.find("Q3  What is thing 3?\n")) << sheet.said;
    EXPECT_NE(std::string::npos, sheet.said.find("Q4  What is thing 4?\n")) << sheet.said;
    EXPECT_NE(std::string::npos, sheet.said.find("Exercise: 10_ten  The tenth thing\n")) << sheet.said;
    tree.answer("10_ten", green(3));
    tree.runs({"check"});
    EXPECT_EQ(sheet.said, tree.runs({"mock", "--seed=7", "--level=senior"}).said)
        << "What a learner has done must not change it.";
    EXPECT_NE(tree.runs({"mock", "--seed", "1"}).said, tree.runs({"mock", "--seed", "2"}).said);
}

TEST(Mock, WritesAPageOfWhatWas)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"mock", "--seed", "7", "--level", "senior", "--minutes", "20"});
    for (const char* said : {"y", "n"}) {
        EXPECT_TRUE(terminal.sees(" of 20:00  Say the answer aloud. Then press Enter."));
        terminal.types("\r");
        EXPECT_TRUE(terminal.sees("Could you say it? (y/n)"));
        terminal.types(said);
    }
    EXPECT_TRUE(terminal.sees("The exercise: 10_ten"));
    EXPECT_TRUE(terminal.sees("c: check  h: hint  d: done"));
    terminal.types("c");
    EXPECT_TRUE(terminal.sees("10_ten:\033[0m not written yet."));
    EXPECT_TRUE(terminal.sees("d: done"));
    terminal.types("h");
    EXPECT_TRUE(terminal.sees("Think of it."));
    tree.answer("10_ten", green(3));
    EXPECT_TRUE(terminal.sees("d: done"));
    terminal.types("c");
    EXPECT_TRUE(terminal.sees("10_ten:\033[0m green"));
    EXPECT_TRUE(terminal.sees("d: done"));
    terminal.types("d");
    EXPECT_TRUE(terminal.sees("This page is kept:\n    " + tree.path("state/socket-kata/mock/")));
    EXPECT_EQ(0, terminal.ends());

    std::string text = page(tree);
    for (const char* words :
         {"\n- level: senior\n", "\n- minutes: 20\n", "\n- seed: 7\n", " What is thing 3? | ", " What is thing 4? | ",
          " | yes |\n", " | no |\n", " begun\n", " checked: not written, then Robust.Fails\n", " took a hint\n",
          " checked: green\n", " said to be done\n"})
        EXPECT_NE(std::string::npos, text.find(words)) << words << "\n" << text;
    EXPECT_EQ(std::string::npos, text.find("broken off")) << text;
    EXPECT_NE(std::string::npos, tree.read("state/socket-kata/questions").find(" 0 20"))
        << "The one that was not known comes again.";
}

TEST(Mock, BrokenOffLeavesItsPage)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"mock", "--seed", "7", "--level", "senior"});
    EXPECT_TRUE(terminal.sees("press Enter."));
    terminal.types("\r");
    EXPECT_TRUE(terminal.sees("(y/n)"));
    terminal.types("y");
    EXPECT_TRUE(terminal.sees("press Enter."));
    terminal.types("\x03");
    EXPECT_TRUE(terminal.sees("Broken off. What there was is on this page:\n    " + tree.path("state/socket-kata/mock/")));
    EXPECT_EQ(130, terminal.ends());
    EXPECT_TRUE(terminal.echoes());
    EXPECT_NE(std::string::npos, page(tree).find("\n- end: broken off\n"));
    EXPECT_NE(std::string::npos, page(tree).find(" | yes |\n"));
}

// An interview of no minutes is over at its first question.
TEST(Mock, EndsWithItsTime)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"mock", "--seed", "7", "--level", "senior", "--minutes", "0"});
    EXPECT_TRUE(terminal.sees("This page is kept:"));
    EXPECT_EQ(0, terminal.ends());
    EXPECT_NE(std::string::npos, page(tree).find(" | no time |\n")) << page(tree);
}

TEST(Mock, SaysWhichLevelsThereAre)
{
    const SmallTree tree;
    const Ended mock = tree.runs({"mock", "--level", "chief"});
    EXPECT_EQ(2, mock.status);
    EXPECT_EQ("There is nothing of level \"chief\". The levels: junior, mid, senior, staff.\n", mock.said);
}
