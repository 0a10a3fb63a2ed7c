// The call under test in the diagram, and the diagram in a terminal of 80 columns.
#include "lab/tell/screen.h"
#include "program.h"

#include <gtest/gtest.h>
#include <sstream>

using namespace lab;

// Where the call under test begins and what came of it; the body's own calls are the test's.
TEST(Lessons, NamesTheCallUnderTest)
{
    const std::string lesson = without_times(fixture("Works.NamesWhatItTests").text);
    EXPECT_NE(std::string::npos, lesson.find(R"(
      time  the test: socket(AF_INET, SOCK_STREAM)      3
      time  listen_on(3, backlog 2)
      time    listen(3, 2)                              0     listening on 0.0.0.0:P
      time  returned 7
      time  listen_on(99, backlog 2)
      time    listen(99, 2)                             -1    EBADF
=>    time  threw EBADF (listen)
      time  the test: close(3)                          0
)")) << lesson;
}

// In 80 columns nothing is lost: what does not fit goes on in the next line of its column.
TEST(Lessons, FitsIntoEightyColumns)
{
    for (const char* test : {"Works.ExpectsAndGets", "Robust.IsStuckWithTwoPeers", "Works.NamesWhatItTests"}) {
        std::istringstream lesson{fixture(test, "COLUMNS=80").text};
        for (std::string line; std::getline(lesson, line);)
            EXPECT_LE(columns(line), 80U) << line;
    }
    EXPECT_NE(std::string::npos, fixture("Works.ExpectsAndGets", "COLUMNS=80").text.find("send(4, \"hello, world\", 12,"));
}
