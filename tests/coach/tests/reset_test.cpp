#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

constexpr const char* commit = "git -c user.name=ann -c user.email=ann@localhost commit -q -m ";

void become_repository(const SmallTree& tree)
{
    tree.shell("unset $(env | sed -n 's/^\\(GIT_[A-Z_]*\\)=.*/\\1/p'); git init -q . && git add exercises solutions && " +
               std::string{commit} + "stubs");
}

std::string kept_answers(const SmallTree& tree)
{
    tree.shell("cat exercises/01_one/one.cpp.20* >kept");
    return tree.read("kept");
}

} // namespace

TEST(Reset, PutsTheStubBackAndKeepsTheAnswer)
{
    const SmallTree tree;
    become_repository(tree);
    const std::string stub = tree.read(tree.answer_file("01_one"));
    tree.answer("01_one", "first\n");
    const Ended reset = tree.runs({"reset", "1"});
    EXPECT_EQ(0, reset.status);
    EXPECT_EQ(0U, reset.said.find("01_one is the stub again. Your answer is kept:\n    exercises/01_one/one.cpp.20"))
        << reset.said;
    EXPECT_EQ(stub, tree.read(tree.answer_file("01_one")));
    EXPECT_EQ("first\n", kept_answers(tree));

    tree.answer("01_one", "second\n"); // in the same minute
    EXPECT_EQ(0, tree.runs({"reset", "1"}).status);
    EXPECT_EQ(stub, tree.read(tree.answer_file("01_one")));
    EXPECT_EQ("first\nsecond\n", kept_answers(tree));

    EXPECT_EQ("01_one is the stub already.\n", tree.runs({"reset", "1"}).said);
}

// A learner who commits answers still gets the stub: it is as it was when the exercise itself last changed.
TEST(Reset, FindsTheStubBehindCommittedAnswers)
{
    const SmallTree tree;
    become_repository(tree);
    tree.answer("01_one", "a stub, improved\n");
    tree.write("exercises/01_one/README.md", "# improved\n");
    tree.shell(std::string{commit} + "improved -a");
    tree.answer("01_one", "an answer\n");
    tree.shell(std::string{commit} + "answer -a");
    tree.answer("01_one", "a better answer\n");
    EXPECT_EQ(0, tree.runs({"reset", "1"}).status);
    EXPECT_EQ("a stub, improved\n", tree.read(tree.answer_file("01_one")));
    EXPECT_EQ("a better answer\n", kept_answers(tree));
}

TEST(Reset, ChangesNothingWithoutHistory)
{
    const SmallTree tree;
    tree.answer("01_one", "an answer\n");
    const Ended reset = tree.runs({"reset", "1"});
    EXPECT_EQ(2, reset.status);
    EXPECT_NE(std::string::npos, reset.said.find("The stub comes from git's history, and there is none")) << reset.said;
    EXPECT_EQ("an answer\n", tree.read(tree.answer_file("01_one")));
}

// Only one's own: a study mate's folder is not ours to change.
TEST(Reset, LeavesOtherFoldersAlone)
{
    const SmallTree tree;
    become_repository(tree);
    tree.shell("cp -r exercises mate && sed -i 's|^answers.*|answers\t" + tree.path("mate") +
               "|' build/practice/coach/exercises.txt");
    tree.write("mate/01_one/one.cpp", "of a mate\n");
    EXPECT_EQ(2, tree.runs({"reset", "1"}).status);
    EXPECT_EQ("of a mate\n", tree.read("mate/01_one/one.cpp"));
}
