// What a failure looks like, as whole text. The failures are those of fixtures.cpp.
#include "outcome.h"
#include "program.h"

#include <algorithm>
#include <string>

using namespace lab;

namespace {

std::string lesson_of(const std::string& test, const std::string& environment = "")
{
    const Printed printed = fixture(test, environment);
    EXPECT_EQ(1, printed.status);
    return without_times(printed.text);
}

struct WholeLesson {
    const char* name;
    const char* test;
    std::string text;
};
void PrintTo(const WholeLesson& lesson, std::ostream* out) { *out << lesson.name; }

// In this order: the rule; what was expected, and what came; the diagram; what was noticed in it; why; what to open and to read;
// the test. A verdict that ended the run too early stands before the rule.
const WholeLesson lessons[] = {
    {"TellsWhatWasExpectedAndWhatCame", "Works.ExpectsAndGets", R"(
99_example: a stream socket may take fewer bytes than you offer; the rest is yours to send.

  expected  ann receives "hello, world"
  came      "hello", then the end (FIN)

      time  your code                                   kernel                          peers (the test)
      time  socket(AF_INET, SOCK_STREAM)                3
      time  listen(3, 8)                                0     listening on 0.0.0.0:P
      time  accept(3)                                   zzz   it sleeps
      time                                                                              ann connects
      time  ... accept(3)                               4     ann
      time  recv(4, 64 bytes)                           zzz   it sleeps
      time                                                                              ann sends "hello, world"
      time  ... recv(4)                                 12    "hello, world"
      time  send(4, "hello, world", 12, NOSIGNAL)       5     took only 5 of 12  [injected]
      time  close(4)                                    0
      time  close(3)                                    0
=>    time                                                                              ann receives "hello", then the end (FIN)

  note  send(4) took 5 of 12 bytes, and the rest was never sent.   man 2 send, RETURN VALUE
  send() returned how many the kernel took.
  open  solutions/99_example/example.cpp     read  man 2 send, RETURN VALUE
  hints exercises/99_example/HINTS.md     ask   Q28, Q29
  test  tests/99_example/example_test.cpp:17  (and 1 more, which follow from it)

)"},
    {"TellsAVerdict", "Works.GivesAVerdict", R"(
99_example: a stream socket may take fewer bytes than you offer; the rest is yours to send.

  expected  your function returns, and leaves nothing behind
  came      leaked a descriptor: 4 (from socket)

      time  your code                                   kernel                          peers (the test)
      time  socket(AF_INET, SOCK_STREAM)                4
        ==> your code: leaked a descriptor: 4 (from socket)

  send() returned how many the kernel took.
  open  solutions/99_example/example.cpp     read  man 2 send, RETURN VALUE
  hints exercises/99_example/HINTS.md     ask   Q28, Q29
  test  tests/99_example/example_test.cpp:35

)"},
    {"TellsWhatTheChildExpected", "Works.ExpectsInTheChild", R"(
99_example: a stream socket may take fewer bytes than you offer; the rest is yours to send.

  expected  "you"
  came      "me"

      time  your code                                   kernel                          peers (the test)
      time  prints "I wait for ann"
      time  T1 recv(3, 8 bytes)                         zzz   it sleeps
      time                                                                              ann sends "me"
=>    time  T1 ... recv(3)                              2     "me"
      time  prints "ann has come"
      time  T2 send(3, "ok", 2)                         2
      time                                                                              ann receives "ok"

  send() returned how many the kernel took.
  open  solutions/99_example/example.cpp     read  man 2 send, RETURN VALUE
  hints exercises/99_example/HINTS.md     ask   Q28, Q29
  test  tests/99_example/example_test.cpp:50

)"},
    {"IsOneLineForAnUnwrittenExercise", "Works.IsNotWritten", R"(
99_example: not written yet. Open solutions/99_example/example.cpp; the task stands in exercises/99_example/README.md.

)"},
    {"TellsWhoWaitsForWhom", "Robust.IsStuckWithTwoPeers", R"(
99_example: stuck: asleep in recv(4), and nothing will ever wake it
  the rule of this test: a stream socket may take fewer bytes than you offer; the rest is yours to send.

  expected  bob receives "x"
  came      nothing

      time  your code                                   kernel                          peers (the test)
      time  accept(3)                                   zzz   it sleeps
      time                                                                              ann connects
      time  ... accept(3)                               4     ann
      time  recv(4, 1 byte)                             zzz   still asleep
      time                                                                              bob connects
      time                                                                              bob sends "x"
=>    time                                                                              bob receives nothing
        ==> your code: stuck: asleep in recv(4), and nothing will ever wake it

  send() returned how many the kernel took.
  open  solutions/99_example/example.cpp     read  man 2 send, RETURN VALUE
  hints exercises/99_example/HINTS.md     ask   Q28, Q29
  test  tests/99_example/example_test.cpp:80  (and 1 more, which follow from it)

)"},
    {"FoldsWhatComesAgain", "Robust.SpinsForALongTime", R"(
99_example: busy loop: 200 calls in a row that moved nothing; the last was recv(3) = 0
  the rule of this test: a stream socket may take fewer bytes than you offer; the rest is yours to send.

  expected  your function returns, and leaves nothing behind
  came      busy loop: 200 calls in a row that moved nothing; the last was recv(3) = 0

      time  your code                                   kernel                          peers (the test)
      time                                                                              ann closes (FIN)
      time  recv(3, 1 byte)  x200                       0     end of stream
        ==> your code: busy loop: 200 calls in a row that moved nothing; the last was recv(3) = 0

  note  recv(3) said 0, and is called again and again: 0 is the end, and stays the end.   man 2 recv, RETURN VALUE
  send() returned how many the kernel took.
  open  solutions/99_example/example.cpp     read  man 2 send, RETURN VALUE
  hints exercises/99_example/HINTS.md     ask   Q28, Q29
  test  tests/99_example/example_test.cpp:90

)"},
    {"TellsAConditionWithoutWords", "Works.ExpectsACondition", R"(
99_example: a stream socket may take fewer bytes than you offer; the rest is yours to send.

  expected  what this line of the test asks is true
  came      it is false

  send() returned how many the kernel took.
  open  solutions/99_example/example.cpp     read  man 2 send, RETURN VALUE
  hints exercises/99_example/HINTS.md     ask   Q28, Q29
  test  tests/99_example/example_test.cpp:123

)"},
    {"NeedsNoLearner", "Works.HasNoLearner", R"(
99_example: HasNoLearner

  expected  4
  came      5
  four legs

  open  solutions/99_example/example.cpp
  hints exercises/99_example/HINTS.md
  test  tests/99_example/example_test.cpp:110

)"},
    {"ShowsALiteralAsText", "Works.ComparesWithALiteral", R"(
99_example: ComparesWithALiteral

  expected  "you"
  came      "me"

  open  solutions/99_example/example.cpp
  hints exercises/99_example/HINTS.md
  test  tests/99_example/example_test.cpp:115

)"},
};

} // namespace

class LessonText : public testing::TestWithParam<WholeLesson> {};

TEST_P(LessonText, IsAsWritten) { EXPECT_EQ(GetParam().text, lesson_of(GetParam().test)); }

INSTANTIATE_TEST_SUITE_P(Whole, LessonText, testing::ValuesIn(lessons),
                         [](const testing::TestParamInfo<WholeLesson>& lesson) { return lesson.param.name; });

// The middle of a long diagram is left out.
TEST(Lessons, CutsALongDiagram)
{
    const std::string lesson = lesson_of("Robust.MakesManyDifferentCalls");
    EXPECT_NE(std::string::npos, lesson.find("\n            .. 33 more rows ..\n")) << lesson;
    EXPECT_NE(std::string::npos,
              lesson.find("      time  exit(1)\n        ==> your code: called exit(1) instead of returning\n"));
    EXPECT_LT(std::count(lesson.begin(), lesson.end(), '\n'), 56);
}

// The sanitizer's own report would fill the screen: what happened and where is enough, and no address, no process number.
TEST(Lessons, ShortensTheReportOfASanitizer)
{
    if (!with_asan)
        GTEST_SKIP() << "this build has no AddressSanitizer";
    const std::string lesson = lesson_of("Robust.OverflowsTheHeap");
    EXPECT_NE(std::string::npos,
              lesson.find("\n        ==> your code: stopped by a sanitizer: AddressSanitizer: heap-buffer-overflow\n"))
        << lesson;
    EXPECT_NE(std::string::npos, lesson.find("\n  WRITE of size 1")) << lesson;
    for (const char* noise : {"0x", "ERROR", "pid", "#0"})
        EXPECT_EQ(std::string::npos, lesson.find(noise)) << lesson;
    EXPECT_LT(std::count(lesson.begin(), lesson.end(), '\n'), 25) << lesson;
}

class EveryLesson : public testing::TestWithParam<const char*> {};

TEST_P(EveryLesson, IsTheSameEveryTime)
{
    const std::string first = lesson_of(GetParam());
    for (int run = 1; run < 6; ++run)
        ASSERT_EQ(first, lesson_of(GetParam())) << "in run " << run;
}

INSTANTIATE_TEST_SUITE_P(Six, EveryLesson,
                         testing::Values("Works.ExpectsAndGets", "Works.GivesAVerdict", "Works.ExpectsInTheChild",
                                         "Works.IsNotWritten", "Works.NamesWhatItTests", "Robust.SpinsForALongTime",
                                         "Robust.MakesManyDifferentCalls"));

// Colour is for people at a terminal who do not mind it, and changes no letter.
TEST(Lessons, HasColourAtATerminalOnly)
{
    const std::string bold = "\033[1m99_example:\033[0m", plain = lesson_of("Works.GivesAVerdict");
    EXPECT_EQ(std::string::npos, plain.find('\033'));
    const Printed terminal = fixture_at_a_terminal("Works.GivesAVerdict", "env -u NO_COLOR TERM=xterm");
    if (terminal.text.empty())
        GTEST_SKIP() << "no terminal can be made here";
    EXPECT_EQ(1, terminal.status);
    std::string lesson = without_times(terminal.text);
    ASSERT_EQ(1U, lesson.find(bold)) << lesson;
    lesson.replace(1, bold.size(), "99_example:");
    EXPECT_EQ(plain, lesson);
}

TEST(Lessons, HasNoColourWhereItIsNotWanted)
{
    const Printed terminal = fixture_at_a_terminal("Works.GivesAVerdict", "NO_COLOR=1");
    if (terminal.text.empty())
        GTEST_SKIP() << "no terminal can be made here";
    EXPECT_EQ(lesson_of("Works.GivesAVerdict"), without_times(terminal.text));
}
