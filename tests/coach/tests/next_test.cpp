#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

// The lesson of the first exercise in learning order, and nothing under it but what to type next.
TEST(Next, EndsWithTheLessonAndTheNextCommand)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.answer("02_two", red(1, 4, "02_two: the second rule."));
    const Ended next = tree.runs({});
    EXPECT_EQ(0, next.status);
    EXPECT_EQ("01_one: green, all 3 tests.\n\n02_two: the second rule.\n\n"
              "1 of 3 exercises are green. Next, type:  build/practice/kata watch\n",
              next.said);
}

// What is green, and has not changed, is not built again.
TEST(Next, PassesOverWhatIsGreen)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.runs({"next"});
    ASSERT_EQ(2U, tree.builds());
    const Ended next = tree.runs({"next"});
    EXPECT_EQ(3U, tree.builds());
    EXPECT_EQ(0U, next.said.find("\n02_two: not written yet. Open exercises/02_two/two.cpp")) << next.said;

    tree.answer("01_one", red(2, 3, "01_one: broken again."));
    EXPECT_EQ(0U, tree.runs({"next"}).said.find("\n01_one: broken again."));
}

TEST(Next, ChecksAgainWhenTheTestsHaveChanged)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.runs({"next"});
    tree.write("tests/01_one/one_test.cpp", "// a new test");
    tree.runs({"next"});
    EXPECT_EQ("01_one\n02_two\n01_one\n02_two\n", tree.read("build/practice/builds"));
}

TEST(Next, SaysWhenEverythingIsGreen)
{
    const SmallTree tree;
    for (const char* exercise : {"01_one", "02_two", "10_ten"})
        tree.answer(exercise, green(3));
    const Ended next = tree.runs({"next"});
    EXPECT_EQ(0, next.status);
    EXPECT_NE(std::string::npos, next.said.find("\n3 of 3 exercises are green. Next, type:  build/practice/kata question\n"))
        << next.said;
}

// An answer that does not compile is a lesson, too; a build that fails elsewhere is not, and the build that called us must see
// it.
TEST(Next, TellsAnAnswerFromTheBuild)
{
    const SmallTree tree;
    tree.answer("01_one", broken());
    const Ended answer = tree.runs({"next"});
    EXPECT_EQ(0, answer.status);
    EXPECT_NE(std::string::npos, answer.said.find("01_one: does not compile.\n\nexercises/01_one/one.cpp:7:5: error:"))
        << answer.said;

    tree.answer("01_one", "# the build fails: no space left\n");
    const Ended build = tree.runs({"next"});
    EXPECT_EQ(1, build.status);
    EXPECT_NE(
        std::string::npos,
        build.said.find("01_one: could not be checked. This is not about your answer:\n\n# the build fails: no space left\n"))
        << build.said;
}

// On a terminal it says what it does, and takes the line back.
TEST(Next, SaysWhatItDoes)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"next"});
    EXPECT_TRUE(terminal.sees("checking 01_one ..."));
    EXPECT_TRUE(terminal.sees("\033[K\n\033[1m01_one:\033[0m not written yet."));
    EXPECT_EQ(0, terminal.ends());
}
