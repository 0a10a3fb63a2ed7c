#include "coach/judge/compiler.h"
#include "coach/terminal/text.h"

#include <gtest/gtest.h>

namespace {

coach::CompilerWords read(const std::string& output)
{
    return coach::compiler_words(output, "/home/ann/kata/exercises/03_bind/bind.cpp", "/home/ann/kata");
}

} // namespace

// As g++ 12 and Ninja print it.
TEST(CompilerWords, KeepWhatIsAboutTheAnswer)
{
    const coach::CompilerWords words =
        read("[1/2] Building CXX object tests/CMakeFiles/03_bind.dir/__/exercises/03_bind/bind.cpp.o\n"
             "FAILED: tests/CMakeFiles/03_bind.dir/__/exercises/03_bind/bind.cpp.o \n"
             "sh /home/ann/kata/tests/lab/drop_stale.sh x /usr/bin/c++ -I/home/ann/kata/exercises -o x.o -c "
             "/home/ann/kata/exercises/03_bind/bind.cpp\n"
             "/home/ann/kata/exercises/03_bind/bind.cpp: In function 'int kata::f()':\n"
             "/home/ann/kata/exercises/03_bind/bind.cpp:9:9: warning: unused variable 'x' [-Wunused-variable]\n"
             "    9 |     int x = 0;\n"
             "      |         ^\n"
             "/home/ann/kata/exercises/03_bind/bind.cpp:12:5: error: 'foo' was not declared in this scope\n"
             "   12 |     foo();\n"
             "      |     ^~~\n"
             "In file included from /home/ann/kata/exercises/03_bind/bind.cpp:3:\n"
             "/home/ann/kata/exercises/03_bind/bind.h:7:10: note: 'kata::fool'\n"
             "    7 | void fool();\n"
             "      |      ^~~~\n"
             "ninja: build stopped: subcommand failed.\n");
    EXPECT_EQ(
        "exercises/03_bind/bind.cpp:12:5: error: 'foo' was not declared in this scope\n   12 |     foo();\n      |     ^~~\n",
        words.errors);
    EXPECT_EQ("exercises/03_bind/bind.cpp:9:9: warning: unused variable 'x' [-Wunused-variable]\n    9 |     int x = 0;\n      | "
              "        ^\n",
              words.warnings);
    EXPECT_TRUE(words.about_the_answer);
}

// An error inside of a library's header, and the line of the answer that led there.
TEST(CompilerWords, NameTheLineThatLedIntoAHeader)
{
    const coach::CompilerWords words =
        read("In file included from /usr/include/c++/12/vector:61,\n"
             "                 from /home/ann/kata/exercises/03_bind/bind.cpp:5:\n"
             "/usr/include/c++/12/bits/stl_construct.h: In instantiation of 'void std::f(T) [with T = int]':\n"
             "/usr/include/c++/12/bits/stl_vector.h:1287:28:   required from 'void std::vector<T>::g()'\n"
             "/home/ann/kata/exercises/03_bind/bind.cpp:14:16:   required from here\n"
             "/usr/include/c++/12/bits/stl_construct.h:90:7: error: no matching function\n"
             "   90 |       f(x);\n");
    EXPECT_EQ("/usr/include/c++/12/bits/stl_construct.h:90:7: error: no matching function\n"
              "exercises/03_bind/bind.cpp:14:16:   required from here\n",
              words.errors);
    EXPECT_TRUE(words.about_the_answer);
}

TEST(CompilerWords, SayWhichFunctionsAreMissing)
{
    const coach::CompilerWords words = read(
        "[2/2] Linking CXX executable tests/03_bind\nFAILED: tests/03_bind\n: && /usr/bin/c++ -g x.o -o tests/03_bind && :\n"
        "/usr/bin/ld: x.o: in function `Works_Test::TestBody()':\n"
        "/home/ann/kata/tests/03_bind/bind_test.cpp:20: undefined reference to `kata::bind_to(kata::Endpoint)'\n"
        "/usr/bin/ld: /home/ann/kata/tests/03_bind/bind_test.cpp:29: undefined reference to `kata::bind_to(kata::Endpoint)'\n"
        "collect2: error: ld returned 1 exit status\n");
    EXPECT_EQ("The contract has these, and the answer does not define them:\n    kata::bind_to(kata::Endpoint)\n", words.errors);
    EXPECT_TRUE(words.about_the_answer);
}

TEST(CompilerWords, ShowTheFirstErrorsOnly)
{
    std::string output;
    for (int i = 1; i <= 9; ++i)
        output +=
            "/home/ann/kata/exercises/03_bind/bind.cpp:" + std::to_string(i) + ":1: error: number " + std::to_string(i) + "\n";
    EXPECT_EQ("exercises/03_bind/bind.cpp:1:1: error: number 1\nexercises/03_bind/bind.cpp:2:1: error: number 2\n"
              "exercises/03_bind/bind.cpp:3:1: error: number 3\n(and 6 more; the first is the one to repair)\n",
              read(output).errors);
}

// Not about the answer: then it is shown as it is, and the answer is not blamed.
TEST(CompilerWords, DoNotBlameTheAnswerForTheRest)
{
    const coach::CompilerWords words =
        read("[1/9] Building\nFAILED: x.o\n/home/ann/kata/tests/lab/flight.h:3:1: error: nonsense\n");
    EXPECT_EQ("tests/lab/flight.h:3:1: error: nonsense\n", words.errors);
    EXPECT_FALSE(words.about_the_answer);
}

TEST(Text, WrapsByCharactersAndNotByBytes)
{
    EXPECT_EQ("  \u00e4\u00e4 \u00e4\u00e4\n  b\n", coach::wrapped("\u00e4\u00e4 \u00e4\u00e4 b", 8, "  "));
    EXPECT_EQ("a-very-long-word\nb\n", coach::wrapped("a-very-long-word b", 8));
    EXPECT_EQ("", coach::wrapped("  ", 8));
}

TEST(Text, FindsWhatWasMeant)
{
    EXPECT_EQ("watch", coach::nearest("wach", {"list", "watch"}));
    EXPECT_EQ("question", coach::nearest("quest", {"list", "question"}));
    EXPECT_EQ("", coach::nearest("x", {"list", "watch"}));
}
