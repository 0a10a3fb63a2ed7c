#include "coach/tests/small_tree.h"
#include "coach/tree/boxes.h"
#include "coach/tree/files.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

// Asks on this day, and answers the two prompts.
std::string ask(const SmallTree& tree, const std::string& date, const std::string& said)
{
    Terminal terminal = tree.types({"question", "--date", date});
    EXPECT_TRUE(terminal.sees("Say the answer aloud. Then press Enter."));
    EXPECT_EQ(std::string::npos, terminal.screen().find("It is the answer")) << "It must not show the answer before that.";
    terminal.types("\r");
    EXPECT_TRUE(terminal.sees("Could you say it? (y/n)"));
    terminal.types(said);
    EXPECT_EQ(0, terminal.ends());
    const std::size_t at = terminal.screen().find("What is thing ");
    return "Q" + terminal.screen().substr(at + 14, 1);
}

std::string boxes(const SmallTree& tree) { return tree.read("state/socket-kata/questions"); }

constexpr const char* head = "# question, box, the day on which it comes again\n";

} // namespace

TEST(Question, IsShownWithAllThatBelongsToIt)
{
    const SmallTree tree;
    EXPECT_EQ(
        "Q3  senior\n\n  What is thing 3?\n\n  It is the answer to 3, said aloud.\n\nAsked next\n  And what is thing 3 for?\n\n"
        "The answer that fails\n  \"Nothing 3.\"\n\nProved by\n  `questions.Q3.Shows`, `01_one.Works.First` (observed: 1)\n\n"
        "  See it, with the second command of README.md done once:\n"
        "    ctest --preset solutions -V -R '^(questions.Q3.Shows|01_one.Works.First)$'\n\nSource\n  thing(2) NOTES\n",
        tree.runs({"question", "Q3"}).said);
    EXPECT_EQ(tree.runs({"question", "Q3"}).said, tree.runs({"question", "3"}).said);
    EXPECT_EQ("There is no question \"Q77\" in QUESTIONS.md; the last one is Q4.\n", tree.runs({"question", "Q77"}).said);
    EXPECT_EQ("", boxes(tree)) << "A look is no answer.";
}

// New ones come in the order of the plan; what could not be said comes again the next day, what could be said after three.
TEST(Question, ComesAgainSoonerWhenItCouldNotBeSaid)
{
    const SmallTree tree;
    EXPECT_EQ("Q2", ask(tree, "2026-02-27", "n"));
    EXPECT_EQ(std::string{head} + "Q2 0 2026-02-28\n", boxes(tree));
    EXPECT_EQ("Q1", ask(tree, "2026-02-27", "y"));
    EXPECT_EQ("Q2", ask(tree, "2026-02-28", "y"));
    EXPECT_EQ(std::string{head} + "Q1 1 2026-03-02\nQ2 1 2026-03-03\n", boxes(tree));
    EXPECT_EQ("Q1", ask(tree, "2026-03-05", "y")); // both wait: the one that waits longer
    EXPECT_EQ("Q2", ask(tree, "2026-03-05", "n"));
    EXPECT_EQ(std::string{head} + "Q1 2 2026-03-12\nQ2 0 2026-03-06\n", boxes(tree));
}

TEST(Question, BrokenOffIsNotAnswered)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"question"});
    EXPECT_TRUE(terminal.sees("Enter."));
    terminal.types("\x03");
    EXPECT_EQ(130, terminal.ends());
    EXPECT_TRUE(terminal.echoes());
    EXPECT_EQ("", boxes(tree));
}

TEST(Question, IsOfTheLevelAskedFor)
{
    const SmallTree tree;
    EXPECT_EQ(0U, tree.runs({"question", "--level", "senior"}).said.find("Q3  senior"));
    const Ended none = tree.runs({"question", "--level", "chief"});
    EXPECT_EQ(2, none.status);
    EXPECT_EQ("QUESTIONS.md has no question of level \"chief\". The levels: junior, mid, senior, staff.\n", none.said);
}

TEST(Question, TheSameSeedDrawsTheSame)
{
    const SmallTree tree;
    std::string all;
    for (const char* seed : {"1", "2", "3", "4", "5", "6", "7", "8"}) {
        const std::string said = tree.runs({"question", "--seed", seed}).said;
        EXPECT_EQ(said, tree.runs({"question", "--seed", seed}).said);
        all += said.substr(0, 3);
    }
    for (const char* name : {"Q1 ", "Q2 ", "Q3 ", "Q4 "})
        EXPECT_NE(std::string::npos, all.find(name)) << all;
}

TEST(Question, RefusesDatesThatAreNone)
{
    const SmallTree tree;
    for (const char* date : {"2026-02-30", "tomorrow", "2026-1-1", "2026-01-01x", ""})
        EXPECT_EQ(2, tree.runs({"question", "--date", date}).status) << date;
    EXPECT_EQ(2, tree.runs({"question", "--seed", "x"}).status);
}

// The last box is not left; a damaged line costs only itself.
TEST(Boxes, EndInTheLastOne)
{
    const SmallTree tree;
    tree.write("boxes", "Q1 99 2026-01-01\nnonsense\nQ2 x\nQ3 1 2026-99-99\n");
    const coach::QuestionBook book = coach::read_questions(tree.read("QUESTIONS.md"));
    coach::Boxes boxes{tree.path("boxes")};
    boxes.said(book.find("1"), coach::day_of("2026-01-01"), true);
    EXPECT_EQ("2026-03-02", coach::date_of(boxes.due(book.find("1"))));
    EXPECT_EQ(0, boxes.due(book.find("2")));
    EXPECT_EQ(0, boxes.due(book.find("3")));
}
