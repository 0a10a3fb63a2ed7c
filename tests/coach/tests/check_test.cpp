#include "coach/judge/check.h"
#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

// An answer whose tests say these things, each a line of shell; of them it runs those that its process has to run.
std::string in_parts(const std::vector<std::string>& tests)
{
    std::string script = "#!/bin/sh\nn=${GTEST_TOTAL_SHARDS:-1} own=${GTEST_SHARD_INDEX:-0} all=" + std::to_string(tests.size()) +
                         "\necho \"[==========] Running $(((all - own + n - 1) / n)) tests from 1 test suite.\"\n";
    for (std::size_t i = 0; i < tests.size(); ++i)
        script += "if [ $((" + std::to_string(i) + " % n)) = $own ]; then\necho '[ RUN      ] Works.T" + std::to_string(i) +
                  "'\n" + tests[i] + "\necho '[       OK ] Works.T" + std::to_string(i) + " (1 ms)'\nfi\n";
    return script;
}
std::string fails(int i)
{
    return "echo 'the rule of T" + std::to_string(i) + "'; echo '[  FAILED  ] Works.T" + std::to_string(i) + " (1 ms)'; exit 1";
}

} // namespace

// Each core runs a part of the tests.
TEST(Check, OfAllPartsIsGreenWhenAllOfThemAre)
{
    const SmallTree tree;
    for (const int tests : {1, 2, 5}) {
        tree.answer("02_two", in_parts(std::vector<std::string>(static_cast<std::size_t>(tests), ":")));
        EXPECT_EQ("02_two: green, all " + std::to_string(tests) +
                      " tests.\nCompare with the reference answer:  build/practice/kata solution 02\n",
                  tree.runs({"check", "02"}).said);
    }
}

TEST(Check, DoesNotWaitForATestBehindTheFirstThatFails)
{
    const SmallTree tree;
    tree.shell("mkfifo never");
    tree.answer("10_ten", in_parts({":", fails(1), "cat " + tree.path("never"), ":"}));
    EXPECT_EQ("\nthe rule of T1\n\n10_ten: 1 of 4 tests. Next, type:  build/practice/kata watch 10\n",
              tree.runs({"check", "10"}).said);
}

TEST(Check, ShowsTheFirstThatFailsAndNotTheSoonest)
{
    if (coach::processes_at_once() == 1)
        GTEST_SKIP() << "this machine has one core";
    const SmallTree tree;
    tree.shell("mkfifo later");
    tree.answer("10_ten", in_parts({":", ":", "cat " + tree.path("later") + "; " + fails(2),
                                    "echo >" + tree.path("later") + "; " + fails(3)}));
    EXPECT_EQ("\nthe rule of T2\n\n10_ten: 2 of 4 tests. Next, type:  build/practice/kata watch 10\n",
              tree.runs({"check", "10"}).said);
}

TEST(Check, IsTrueWhenItIsGreen)
{
    const SmallTree tree;
    tree.answer("02_two", green(5));
    const Ended check = tree.runs({"check", "02"});
    EXPECT_EQ(0, check.status);
    EXPECT_EQ("02_two: green, all 5 tests.\nCompare with the reference answer:  build/practice/kata solution 02\n", check.said);
}

TEST(Check, ShowsTheLessonOfOne)
{
    const SmallTree tree;
    tree.answer("10_ten", red(2, 3, "10_ten: the tenth rule."));
    const Ended check = tree.runs({"check", "10"});
    EXPECT_EQ(1, check.status);
    EXPECT_EQ("\n10_ten: the tenth rule.\n\n10_ten: 2 of 3 tests. Next, type:  build/practice/kata watch 10\n", check.said);
}

// All of them: a line for each, and one lesson, the first.
TEST(Check, GoesThroughAll)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.answer("02_two", red(1, 3, "02_two: the second rule."));
    const Ended check = tree.runs({"check"});
    EXPECT_EQ(1, check.status);
    EXPECT_EQ("01_one: green, all 3 tests.\n02_two: 1 of 3 tests\n10_ten: not written\n\n02_two: the second rule.\n\n"
              "02_two: 1 of 3 tests. Next, type:  build/practice/kata watch 02\n",
              check.said);
}

TEST(Check, KnowsAnExerciseByManyNames)
{
    const SmallTree tree;
    tree.answer("02_two", green(1));
    for (const char* name : {"2", "02", "two", "02_two", "exercises/02_two", "exercises/02_two/", "exercises/02_two/two.cpp"})
        EXPECT_EQ(0, tree.runs({"check", name}).status) << name;
}

TEST(Check, ShowsTheCompilersWordsShort)
{
    const SmallTree tree;
    tree.answer("01_one", broken());
    const Ended check = tree.runs({"check", "1"});
    EXPECT_EQ(1, check.status);
    EXPECT_EQ("\n01_one: does not compile.\n\nexercises/01_one/one.cpp:7:5: error: expected ';' before '}' token\n    7 |     "
              "}\n      |     ^\n"
              "\nNext, type:  build/practice/kata watch 01\n",
              check.said);
}

// A machine on which the tests cannot run is no mistake of the learner.
TEST(Check, PassesOnWhatTheMachineLacks)
{
    const SmallTree tree;
    tree.answer("01_one", "#!/bin/sh\necho 'This machine cannot run the tests. /proc is not mounted.' >&2\nexit 3\n");
    const Ended check = tree.runs({"check", "1"});
    EXPECT_EQ(1, check.status);
    EXPECT_NE(std::string::npos,
              check.said.find("This is not about your answer:\n\nThis machine cannot run the tests. /proc is not mounted.\n"))
        << check.said;
}

TEST(Check, TellsATestProgramThatDiesFromAGreenOne)
{
    const SmallTree tree;
    tree.answer("01_one", green(1).replace(green(1).find("Running 1"), 9, "Running 2"));
    EXPECT_EQ(1, tree.runs({"check", "1"}).status);
    tree.answer("01_one", "#!/bin/sh\nexit 0\n");
    EXPECT_EQ(1, tree.runs({"check", "1"}).status);
    tree.answer("01_one", green(2) + "kill -SEGV $$\n");
    const Ended check = tree.runs({"check", "1"});
    EXPECT_EQ(1, check.status);
    EXPECT_NE(std::string::npos, check.said.find("ended with 139")) << check.said;
}

TEST(Check, SaysWhatWasNotTested)
{
    const SmallTree tree;
    tree.answer("01_one", "#!/bin/sh\necho '[==========] Running 1 test from 1 test suite.'\necho '[ RUN      ] "
                          "Works.OverIpv6'\necho 'skipped: no ::1 here'\n"
                          "echo '[  SKIPPED ] Works.OverIpv6 (0 ms)'\n");
    const Ended check = tree.runs({"check", "1"});
    EXPECT_EQ(0, check.status);
    EXPECT_NE(std::string::npos, check.said.find("  not tested on this machine: no ::1 here\n")) << check.said;
}

// What the learner's code left behind, in a session of its own, holds the pipe open; that is no reason to wait.
TEST(Check, DoesNotWaitForWhatIsLeftBehind)
{
    const SmallTree tree;
    tree.shell("mkfifo held up");
    tree.answer("01_one", green(1) + "setsid sh -c 'echo >" + tree.path("up") + "; exec cat " + tree.path("held") +
                              "' &\nread -r up <" + tree.path("up") + "\n");
    EXPECT_EQ(0, tree.runs({"check", "1"}).status);
    tree.shell("timeout 10 sh -c ': >held'"); // lets it go
}

// A test program that hangs is ended, and is not the learner's mistake.
TEST(Check, IsBoundedInTime)
{
    const SmallTree tree;
    tree.shell("mkfifo until");
    tree.answer("01_one", "#!/bin/sh\ncat " + tree.path("until") + "\n");
    const coach::Project project{tree.path("build/practice")};
    coach::Check check{
        project, coach::Check::What{"01_one", project.exercises[0].executable, tree.path("exercises/01_one/one.cpp"), "", 1}};
    for (const long end = coach::steady_ms() + 10000; check.advance() && coach::steady_ms() < end;)
        continue;
    EXPECT_EQ(coach::State::broken, check.verdict().state);
    EXPECT_NE(std::string::npos, check.verdict().text.find("has said nothing for")) << check.verdict().text;
}

TEST(Check, EndsWithCtrlC)
{
    const SmallTree tree;
    tree.shell("mkfifo told until");
    tree.answer("01_one", hanging(tree.path("told"), tree.path("until")));
    Terminal terminal = tree.types({"check", "1"});
    tree.shell("read pid <told"); // it runs
    terminal.types("\x03");
    EXPECT_EQ(130, terminal.ends());
    EXPECT_TRUE(tree.read("build/practice/coach/results/01_one").empty());
}
