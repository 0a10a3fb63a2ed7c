#include "coach/tests/group_tree.h"

#include "coach/judge/process.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

// Four members: all green; one with a mistake; one half written; one that does not compile in one place.
void make_group(const SmallTree& tree)
{
    for (const char* exercise : {"01_one", "02_two", "10_ten"})
        for (const char* member : {"ann", "bob", "cleo", "dan"})
            if (std::string{member} != "cleo" || std::string{exercise} != "10_ten")
                give(tree, member, exercise, green(3));
    give(tree, "bob", "02_two", red(1, 3, "02_two: the second rule."));
    give(tree, "cleo", "02_two", unwritten("02_two"));
    give(tree, "dan", "01_one", broken());
}

Ended group_of(const SmallTree& tree, const std::vector<std::string>& members)
{
    std::vector<std::string> words{"group"};
    for (const std::string& member : members)
        words.push_back(answers_of(tree, member));
    return tree.runs(words);
}

bool says(const Ended& ended, const std::string& words) { return ended.said.find(words) != std::string::npos; }

} // namespace

TEST(Group, ShowsEverybodysAnswersOnOneBoard)
{
    const SmallTree tree;
    make_group(tree);
    const Ended board = group_of(tree, {"dan", "ann", "bob", "cleo"});
    EXPECT_EQ(1, board.status) << "Something is red.";
    EXPECT_TRUE(
        says(board, "The board\n\n"
                    "        dan       ann    bob     cleo\n"
                    "01_one  no build  green  green   green\n"
                    "02_two  green     green  1 of 3  not written\n"
                    "10_ten  green     green  green   not written\n\n"
                    "  dan, 01_one: does not compile: members/dan/01_one/one.cpp:7:5: error:\n    expected ';' before '}' token\n"
                    "  bob, 02_two: the second rule.\n"))
        << board.said;
    EXPECT_EQ("**no build**", on_board(tree, "The board", "01_one", "dan"));
    EXPECT_EQ("**1 of 3**", on_board(tree, "The board", "02_two", "bob"));
    EXPECT_NE(std::string::npos,
              tree.read("build/practice/group/board.md").find("\n### bob, 02_two\n\n````text\n02_two: the second rule.\n````\n"));
}

TEST(Group, EndsWellWhenNothingThatWasAttemptedIsRed)
{
    const SmallTree tree;
    make_group(tree);
    EXPECT_EQ(0, group_of(tree, {"ann", "cleo"}).status);
}

TEST(Group, ChecksOnlyWhatHasChanged)
{
    const SmallTree tree;
    make_group(tree);
    const Ended first = group_of(tree, {"ann", "bob"});
    EXPECT_EQ(3U, builds_of(tree, "ann"));
    give(tree, "ann", "01_one", red(0, 1, "01_one: the first rule."));
    const Ended second = group_of(tree, {"ann", "bob"});
    EXPECT_EQ(4U, builds_of(tree, "ann"));
    EXPECT_EQ(3U, builds_of(tree, "bob"));
    EXPECT_TRUE(says(second, "ann, 01_one: the first rule.")) << second.said;
    EXPECT_TRUE(says(second, "bob, 02_two: the second rule.")) << "A kept result has its lesson: " << second.said;
}

TEST(Group, TakesACheckoutToo)
{
    const SmallTree tree;
    tree.answer("01_one", green(2));
    EXPECT_EQ(0, tree.runs({"group", "me=."}).status);
    EXPECT_EQ("green", on_board(tree, "The board", "01_one", "me"));
}

// Of a test program that takes the memory, only this cell is lost; what it left in another session is ended.
TEST(Group, OneCellIsAllThatABadProgramCosts)
{
    const SmallTree tree;
    make_group(tree);
    tree.shell("mkfifo held told");
    give(tree, "ann", "02_two",
         "#!/bin/sh\nsetsid sh -c 'echo up >" + tree.path("told") + "; exec cat " + tree.path("held") + "' &\nread -r up <" +
             tree.path("told") + "\nwhile :; do cat " + tree.path("held") + " & done\n");
    const Ended board = group_of(tree, {"ann", "bob"});
    EXPECT_EQ("**not checked**", on_board(tree, "The board", "02_two", "ann")) << board.said;
    EXPECT_TRUE(says(board, "processes at once")) << board.said;
    EXPECT_EQ("green", on_board(tree, "The board", "10_ten", "ann"));
    EXPECT_EQ("**1 of 3**", on_board(tree, "The board", "02_two", "bob"));
    EXPECT_FALSE(is_running(tree.path("held"))) << "Something is left behind.";
}

TEST(Group, AMemberThatCannotBeConfiguredCostsOneColumn)
{
    const SmallTree tree;
    make_group(tree);
    tree.shell("cp -r members/ann members/unconfigurable");
    const Ended board = tree.runs({"group", answers_of(tree, "bob"), "una=" + tree.path("members/unconfigurable")});
    EXPECT_EQ(1, board.status);
    EXPECT_TRUE(says(board, "una could not be configured: CMake Error: no\n")) << board.said;
    EXPECT_EQ("green", on_board(tree, "The board", "01_one", "bob"));
}

TEST(Group, FitsEightyColumns)
{
    const SmallTree tree;
    make_group(tree);
    std::vector<std::string> words{"group"};
    for (int i = 0; i < 9; ++i)
        words.push_back("longer-name" + std::to_string(i) + "=" + tree.path("members/bob"));
    const Ended board = tree.runs(words);
    for (const std::size_t begin = board.said.find("The board");
         const char* line : {"longer-name0  longer-name1", "\n        longer-name5"})
        EXPECT_NE(std::string::npos, board.said.find(line, begin)) << board.said;
    std::size_t width = 0;
    for (const char c :
         board.said.substr(board.said.find("The board"), board.said.find("The same as pages") - board.said.find("The board"))) {
        width = c == '\n' ? 0 : width + 1;
        EXPECT_LE(width, 80U) << board.said;
    }
}

TEST(Group, SaysWhoCannotBeAMember)
{
    const SmallTree tree;
    tree.shell("mkdir empty");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"group"}, "Who is in the group?"},
        {{"group", "ann"}, "A member is NAME=DIR, such as ann=../ann; \"ann\" is not."},
        {{"group", "ann=nowhere"}, "ann: there is no folder nowhere."},
        {{"group", "ann=empty"}, "is no checkout and no folder of answers"},
        {{"group", "../x=."}, "is no name for a member"},
        {{"group", "nc=."}, "nc is a member already; take another name."},
        {{"group", "a=.", "a=."}, "Two members are called a."},
    };
    for (const auto& [words, answer] : cases) {
        const Ended run = tree.runs(words);
        EXPECT_EQ(2, run.status);
        EXPECT_TRUE(says(run, answer)) << run.said;
    }
}

TEST(Keeper, EndsWhatTakesTooMuchMemory)
{
    const coach::Limits small{20, 100, 60};
    coach::Process program{{"sh", "-c", "text=x; while :; do text=$text$text; done"}, {}, small};
    std::string said;
    for (const long end = coach::steady_ms() + 20000; program.read(said) && coach::steady_ms() < end;)
        continue;
    EXPECT_EQ("It took more than 20 MB of memory, and was ended.\n", said);
    EXPECT_EQ(137, program.exit_code());
}

TEST(Keeper, EndsAsItsProgramDoes)
{
    for (const auto& [script, code] :
         std::vector<std::pair<std::string, int>>{{"exit 7", 7}, {"kill -SEGV $$", 139}, {"true", 0}}) {
        coach::Process program{{"sh", "-c", script}, {}, coach::Limits{}};
        std::string said;
        for (const long end = coach::steady_ms() + 10000; program.read(said) && coach::steady_ms() < end;)
            continue;
        EXPECT_EQ(code, program.exit_code()) << script;
    }
}

// As init does: a program may wait for the end of what is nobody's child.
TEST(Keeper, TakesOrphansAway)
{
    const std::string script =
        "pid=$(sh -c 'cat </dev/null >/dev/null & echo $!'); while kill -0 \"$pid\" 2>/dev/null; do :; done; echo gone";
    coach::Process program{{"sh", "-c", script}, {}, coach::Limits{}};
    std::string said;
    for (const long end = coach::steady_ms() + 10000; program.read(said) && coach::steady_ms() < end;)
        continue;
    EXPECT_EQ("gone\n", said);
}
