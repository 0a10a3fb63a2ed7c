#include "coach/tests/small_tree.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace coach_tests;

namespace {

constexpr int patience_ms = 60000; // of silence; a busy machine may be slow

// The number that somebody writes to this FIFO; 0 when nobody does.
pid_t number_from(const std::string& fifo)
{
    const int fd =
        ::open(fifo.c_str(), O_RDWR | O_CLOEXEC); // open for writing, too: so this does not wait, and never sees an end
    pollfd one{fd, POLLIN, 0};
    char text[32] = "";
    if (::poll(&one, 1, patience_ms) == 1 && ::read(fd, text, sizeof text - 1) < 0)
        text[0] = '\0';
    ::close(fd);
    return std::atoi(text);
}

bool is_gone(pid_t process) // or goes soon
{
    const auto fd = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    if (fd < 0)
        return errno == ESRCH;
    pollfd one{fd, POLLIN, 0};
    const bool gone = ::poll(&one, 1, patience_ms) == 1;
    ::close(fd);
    return gone;
}

} // namespace

TEST(Saves, OneAfterTheOther)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("not written yet."));
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.answer("01_one", red(1, 3, "01_one: the first save."));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m the first save."));
    EXPECT_TRUE(terminal.sees("01_one: 1 of 3 tests. h: hint"));
    tree.answer("01_one", broken());
    EXPECT_TRUE(terminal.sees(
        "01_one:\033[0m does not compile.\n\nexercises/01_one/one.cpp:7:5: error: expected ';' before '}' token\n"));
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.answer("01_one", green(3));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m green, all 3 tests."));
}

// Editors that write a new file and rename it; also with a backup of the old one, for a moment no file at all, and by turns.
TEST(Saves, ByAnEditorThatRenames)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.rename_over(tree.answer_file("01_one"), red(1, 3, "01_one: renamed."));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m renamed."));
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.shell("mv exercises/01_one/one.cpp exercises/01_one/one.cpp~");
    tree.answer("01_one", red(1, 3, "01_one: with a backup."));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m with a backup."));
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.rename_over(tree.answer_file("01_one"), green(3));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m green"));
}

// The exercise is the one whose answer was saved.
TEST(Saves, OfAnotherExercise)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.answer("10_ten", green(7));
    EXPECT_TRUE(terminal.sees("checking 10_ten ..."));
    EXPECT_TRUE(terminal.sees("10_ten:\033[0m green, all 7 tests."));
}

// A save while the tests run: they are about what is no more, so they end at once, and the new answer is judged.
TEST(Saves, WhileTheTestsRun)
{
    const SmallTree tree;
    tree.shell("mkfifo told until");
    tree.answer("01_one", hanging(tree.path("told"), tree.path("until")));
    Terminal terminal = tree.types({"watch"});
    const pid_t running = number_from(tree.path("told"));
    ASSERT_GT(running, 0);
    tree.rename_over(tree.answer_file("01_one"), green(3)); // at once: the kernel tells of a write in two steps
    EXPECT_TRUE(terminal.sees("01_one:\033[0m green, all 3 tests.")) << terminal.screen();
    EXPECT_TRUE(is_gone(running));
    EXPECT_EQ(2U, tree.builds());
}

TEST(Saves, QuittingEndsTheTestsThatRun)
{
    const SmallTree tree;
    tree.shell("mkfifo told until");
    for (const char* key : {"q", "\x03"}) {
        tree.answer("01_one", hanging(tree.path("told"), tree.path("until")));
        Terminal terminal = tree.types({"watch"});
        const pid_t running = number_from(tree.path("told"));
        ASSERT_GT(running, 0);
        terminal.types(key);
        EXPECT_EQ(*key == 'q' ? 1 : 130, terminal.ends());
        EXPECT_TRUE(is_gone(running));
    }
}

// File times alone, for file systems on which the kernel tells nothing.
TEST(Saves, SeenByFileTimes)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch", "--poll"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.answer("01_one", green(3));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m green"));
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.rename_over(tree.answer_file("01_one"), red(1, 3, "01_one: renamed."));
    EXPECT_TRUE(terminal.sees("01_one:\033[0m renamed."));
}

// What an editor puts beside the answer for itself is no save.
TEST(Saves, NotOfOtherFiles)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    tree.write("exercises/01_one/.one.cpp.swp", "");
    tree.write("exercises/01_one/4913", "");
    tree.write("exercises/01_one/one.cpp~", "");
    tree.write("exercises/01_one/NOTES.md", "");
    tree.rename_over(tree.answer_file("02_two"), green(3));
    EXPECT_TRUE(terminal.sees("02_two:\033[0m green")) << terminal.screen();
    EXPECT_EQ("01_one\n02_two\n", tree.read("build/practice/builds"));
}
