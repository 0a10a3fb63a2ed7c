// whichever_call_fails(): who is caught, and who is left alone.
#include "outcome.h"

#include "lab/tell/lesson.h"

#include <cerrno>
#include <csignal>
#include <gtest/gtest-spi.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace lab;

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// What a sweep over `act` found: "" or its first complaint, under its circumstance. `act` has descriptor 3, a wire to ann, from
// which ann sends "hi".
struct Swept {
    std::string complaint, when;
    int runs = 0; // until then
};

Swept sweep(const std::function<void()>& act)
{
    Swept swept;
    whichever_call_fails([&] {
        if (!swept.complaint.empty())
            return; // the sweep looks at the test, which does not fail here
        swept.when = circumstances();
        ++swept.runs;
        Learner you;
        Peer ann = you.wire("ann");
        you.run([&] { told_then_done(act); });
        ann.sends("hi");
        ann.finishes_writing();
        testing::TestPartResultArray failures;
        const testing::ScopedFakeTestPartResultReporter reporter{
            testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures};
        you.finishes();
        for (int i = 0; i < failures.size() && swept.complaint.empty(); ++i)
            swept.complaint = failures.GetTestPartResult(i).message();
    });
    return swept;
}

// Asks a new socket for its name, and closes it.
void asks_for_a_name(bool closes, bool tells)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket");
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    const int result = ::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size);
    const int saved = errno;
    if (result == 0 || closes)
        ::close(fd);
    if (result < 0 && tells) {
        errno = saved;
        fail("getsockname");
    }
    if (result < 0)
        throw std::system_error{0, std::generic_category(), "getsockname"};
}

int tries_made = 0;
int wait_for_input(int /*error*/)
{
    pollfd input{3, POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&input, 1, -1)) < 0 && errno == EINTR) {
    }
    return ready;
}
bool rests() { return ::poll(nullptr, 0, 10) == 0; }

char read_one(int (*again)(int error))
{
    char byte = 0;
    while (::recv(3, &byte, 1, MSG_PEEK) < 0)
        if (again(errno) == 0)
            fail("recv");
    return byte;
}

} // namespace

TEST(Sweep, LeavesWhoTellsEachErrnoAlone)
{
    const Swept swept = sweep([] { asks_for_a_name(true, true); });
    EXPECT_EQ("", swept.complaint) << swept.when;
    EXPECT_EQ(1 + 3 + 1 + 2, swept.runs); // socket, getsockname, close
}

TEST(Sweep, CatchesALeakOnOnePath)
{
    const Swept swept = sweep([] { asks_for_a_name(false, true); });
    EXPECT_EQ("getsockname(), the 1st, fails with ENOBUFS   (man 2 getsockname)", swept.when);
    EXPECT_NE(std::string::npos, swept.complaint.find("leaked a descriptor: 4 (from socket)")) << swept.complaint;
}

TEST(Sweep, CatchesWhoTellsAnotherErrno)
{
    const Swept swept = sweep([] { asks_for_a_name(true, false); });
    EXPECT_NE(std::string::npos,
              swept.complaint.find("std::system_error with ENOBUFS, the errno of the call that failed: getsockname()"))
        << swept.complaint;
}

TEST(Sweep, CatchesTheErrnoOfALaterClose)
{
    const Swept swept = sweep([] {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            fail("socket");
        const int result = ::listen(fd, 1);
        ::close(fd);
        if (result < 0)
            fail("listen");
    });
    EXPECT_EQ("listen(), the 1st, fails with EADDRINUSE   (man 2 listen)", swept.when);
    EXPECT_NE(std::string::npos, swept.complaint.find("came      std::system_error with EIO")) << swept.complaint;
}

TEST(Sweep, CatchesAnExceptionWithoutErrno)
{
    const Swept swept = sweep([] {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            throw std::runtime_error{"no socket"};
        ::close(fd);
    });
    EXPECT_NE(std::string::npos, swept.complaint.find("which carries no errno: no socket")) << swept.complaint;
}

TEST(Sweep, TakesEintrForNoFailure)
{
    const Swept tells = sweep([] { EXPECT_EQ('h', read_one([](int) { return 0; })); });
    EXPECT_NE(std::string::npos, tells.complaint.find("recv() is tried again: EINTR is no failure")) << tells.complaint;
    const Swept tries = sweep([] { EXPECT_EQ('h', read_one([](int error) { return error == EINTR ? 1 : 0; })); });
    EXPECT_EQ("", tries.complaint) << tries.when;
}

TEST(Sweep, CatchesWhoSpinsDuringAShortage)
{
    const Swept always = sweep([] { EXPECT_EQ('h', read_one([](int) { return 1; })); });
    EXPECT_EQ("recv(), the 1st, fails with ENOMEM   (man 2 recv)", always.when);
    EXPECT_NE(std::string::npos, always.complaint.find("busy loop: 200 calls in a row")) << always.complaint;
    const Swept asks_first = sweep([] { // "hi" is there: no poll() sleeps any more
        if (wait_for_input(0) < 0)
            fail("poll");
        EXPECT_EQ('h', read_one(wait_for_input));
    });
    EXPECT_NE(std::string::npos, asks_first.complaint.find("busy loop: 200 calls in a row")) << asks_first.complaint;
}

// A few times is no loop; and after a pause it may be over, for all that one can know.
TEST(Sweep, LeavesWhoTriesAFewTimesOrRestsAlone)
{
    for (const auto again : {+[](int error) { return error == EINTR || ++tries_made < 4 ? 1 : 0; },
                             +[](int error) { return error == EINTR || rests() ? 1 : 0; }}) {
        const Swept swept = sweep([again] { EXPECT_EQ('h', read_one(again)); });
        EXPECT_EQ("", swept.complaint) << swept.when;
    }
}

TEST(Sweep, StrikesOnlyWhatCanHappen)
{
    // This recv() cannot sleep: no EINTR. It may say EAGAIN: the flag asks for that.
    const Swept swept = sweep([] {
        char byte = 0;
        if (wait_for_input(0) < 0)
            fail("poll");
        while (::recv(3, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0)
            if (errno != EAGAIN)
                fail("recv");
    });
    EXPECT_EQ("", swept.complaint) << swept.when;
    EXPECT_EQ(1 + 2 + 2, swept.runs); // poll: EINTR, ENOMEM; recv: EAGAIN, ENOMEM
}

TEST(Sweep, LetsAThreadFailToStart)
{
    const Swept swept = sweep([] { std::thread{[] {}}.join(); });
    EXPECT_EQ("", swept.complaint) << swept.when;
    EXPECT_EQ(2, swept.runs);
    const Swept silent = sweep([] {
        try {
            std::thread{[] {}}.join();
        } catch (const std::system_error&) {
            throw std::runtime_error{"no thread"};
        }
    });
    EXPECT_EQ("pthread_create(), the 1st, fails with EAGAIN   (man 3 pthread_create)", silent.when);
}

TEST(Sweep, LeavesTheTestsOwnCallsAlone)
{
    whichever_call_fails([] {
        Learner you;
        you.run([] {
            const int own = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            EXPECT_TRUE(own >= 0);
            told_then_done([] { asks_for_a_name(true, true); });
            EXPECT_EQ(0, ::listen(own, 1));
            EXPECT_EQ(0, ::close(own));
        });
        you.finishes();
    });
}

TEST(Sweep, SaysThatNothingWasStruck)
{
    EXPECT_NONFATAL_FAILURE(sweep([] {}), "let no call fail");
}

TEST(Sweep, StrikesTheFirstFewOfALoop)
{
    const Swept swept = sweep([] {
        for (int i = 0; i < 20; ++i)
            asks_for_a_name(true, true);
    });
    EXPECT_EQ("", swept.complaint) << swept.when;
    EXPECT_EQ(1 + most_strikes * (3 + 1 + 2), swept.runs);
}

TEST(Faults, StrikeTheNthOfOneCall)
{
    Learner you;
    you.nth(Call::getsockname, 2).fails(ENOBUFS);
    you.run([] {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_storage name{};
        socklen_t size = sizeof name;
        EXPECT_EQ(0, ::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size));
        EXPECT_EQ(-1, ::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size));
        EXPECT_EQ(ENOBUFS, errno);
        ::close(fd);
    });
    you.finishes();
}
