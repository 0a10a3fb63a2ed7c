// What must be recorded however it is spelled, and what must not be recorded at all.
#include "recorded.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

// What _FORTIFY_SOURCE turns the calls into.
extern "C" {
ssize_t fortified_recv(int, void*, size_t, size_t, int) __asm__("__recv_chk");
ssize_t fortified_recvfrom(int, void*, size_t, size_t, int, sockaddr*, socklen_t*) __asm__("__recvfrom_chk");
ssize_t fortified_read(int, void*, size_t, size_t) __asm__("__read_chk");
int fortified_poll(pollfd*, nfds_t, int, size_t) __asm__("__poll_chk");
int fortified_ppoll(pollfd*, nfds_t, const timespec*, const sigset_t*, size_t) __asm__("__ppoll_chk");
}

using namespace lab;

TEST(Recorder, KnowsTheFortifiedSpellings)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        char bytes[8];
        pollfd p{3, POLLIN, 0};
        const timespec now{0, 0};
        EXPECT_EQ(1, fortified_poll(&p, 1, -1, sizeof p));
        EXPECT_EQ(1, fortified_ppoll(&p, 1, &now, nullptr, sizeof p));
        EXPECT_EQ(1, fortified_recv(3, bytes, 1, sizeof bytes, 0));
        EXPECT_EQ(2, fortified_recvfrom(3, bytes, 2, sizeof bytes, 0, nullptr, nullptr));
        EXPECT_EQ(3, fortified_read(3, bytes, 8, sizeof bytes));
    });
    ann.sends("abcdef");
    you.finishes();
    EXPECT_EQ("poll(3: IN, for ever)  zzz  it sleeps\n"
              "ann sends \"abcdef\"\n"
              "... poll(3)  1  IN\n"
              "ppoll(3: IN, 0 ms)  1  IN\n"
              "recv(3, 1 byte)  1  \"a\"\n"
              "recvfrom(3, 2 bytes)  2  \"bc\"\n"
              "read(3, 8 bytes)  3  \"def\"\n",
              rows_of(you.diagram()));
}

// What has a shim, by its number; the time, too, is the learner's.
TEST(Recorder, KnowsTheNumbersOfTheCalls)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        char bytes[8]{};
        pollfd p{3, POLLIN, 0};
        const timespec hour{3600, 0};
        EXPECT_EQ(0, ::syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &hour, nullptr));
        EXPECT_EQ(1, ::syscall(SYS_poll, &p, 1, -1));
        EXPECT_EQ(2, ::syscall(SYS_recvfrom, 3, bytes, 2, MSG_DONTWAIT, nullptr, nullptr));
        EXPECT_EQ(3, ::syscall(SYS_read, 3, bytes, sizeof bytes));
        EXPECT_EQ(5, ::syscall(SYS_sendto, 3, "hello", 5, MSG_NOSIGNAL, nullptr, 0));
        EXPECT_LT(0, ::syscall(SYS_gettid));
        const auto fd = static_cast<int>(::syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        EXPECT_EQ(-1, ::syscall(SYS_accept4, fd, nullptr, nullptr, 0));
        EXPECT_EQ(0, ::syscall(SYS_close_range, fd, fd, 0));
    });
    you.settles();
    you.time_passes(1h);
    ann.sends("abcde");
    EXPECT_EQ("hello", ann.receives(5));
    you.finishes();
    EXPECT_EQ("nanosleep(3600000 ms)  zzz  it sleeps\n"
              "1 h pass\n"
              "... nanosleep()  0\n"
              "poll(3: IN, for ever)  zzz  it sleeps\n"
              "ann sends \"abcde\"\n"
              "... poll(3)  1  IN\n"
              "recvfrom(3, 2 bytes, DONTWAIT)  2  \"ab\"\n"
              "read(3, 8 bytes)  3  \"cde\"\n"
              "sendto(3, \"hello\", 5, NOSIGNAL)  5\n"
              "socket(AF_INET, SOCK_STREAM)  4\n"
              "accept4(4, 0)  -1  EINVAL\n"
              "close(4)  0\n"
              "ann receives \"hello\"\n",
              rows_of(you.diagram()));
}

TEST(Recorder, KnowsTheSpellingsOfAnEventfd)
{
    Learner you;
    you.run([] {
        const int event = ::eventfd(0, EFD_NONBLOCK);
        eventfd_t count = 0;
        EXPECT_EQ(0, ::eventfd_write(event, 7));
        EXPECT_EQ(0, ::eventfd_read(event, &count));
        EXPECT_EQ(7u, count);
        EXPECT_EQ(-1, ::eventfd_read(event, &count));
        EXPECT_EQ(EAGAIN, errno);
        EXPECT_EQ(0, ::close(event));
    });
    you.finishes();
    EXPECT_EQ("eventfd()  3\n"
              "write(3, \"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\", 8) 8\n" // too long for its column
              "read(3, 8 bytes)  8  \"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"\n"
              "read(3, 8 bytes)  -1  EAGAIN\n"
              "close(3)  0\n",
              rows_of(you.diagram()));
}

class Fortified : public testing::TestWithParam<HostileLearner> {};

TEST_P(Fortified, StopsWhatWouldOverflow)
{
    const Outcome outcome = outcome_of(GetParam().body);
    EXPECT_NE(std::string::npos, outcome.verdict.find(GetParam().says)) << outcome.verdict;
    EXPECT_NE(std::string::npos, outcome.printed.find("buffer overflow detected")) << outcome.printed;
}

char small[4];
pollfd one{3, POLLIN, 0};

const HostileLearner overflows[] = {
    {"Recv", [] { (void)fortified_recv(3, small, 5, 4, 0); }, "killed by SIGABRT"},
    {"Recvfrom", [] { (void)fortified_recvfrom(3, small, 5, 4, 0, nullptr, nullptr); }, "killed by SIGABRT"},
    {"Read", [] { (void)fortified_read(3, small, 5, 4); }, "killed by SIGABRT"},
    {"Poll", [] { fortified_poll(&one, 2, -1, sizeof one); }, "killed by SIGABRT"},
    {"Ppoll", [] { fortified_ppoll(&one, 2, nullptr, nullptr, sizeof one); }, "killed by SIGABRT"},
};
INSTANTIATE_TEST_SUITE_P(Each, Fortified, testing::ValuesIn(overflows), name_of_param);

TEST(Recorder, LeavesFilesAndStreamsAlone)
{
    Learner you;
    you.run([] {
        std::cout << "to cout" << std::endl;
        std::cerr << "to cerr" << std::endl;
        std::printf("to stdout\n");
        std::fprintf(stderr, "to stderr\n");
        EXPECT_EQ(6, ::write(1, "plain\n", 6));
        std::ofstream{"/dev/null"} << "to a file" << std::endl;
        std::string word;
        std::ifstream{"/proc/self/stat"} >> word;
        EXPECT_NE("", word);
        EXPECT_TRUE(std::filesystem::exists("/dev/null"));
        std::cin >> word;
    });
    you.finishes();
    EXPECT_EQ("prints \"to cout\"\n"
              "prints \"to cerr\"\n"
              "prints \"to stdout\"\n"
              "prints \"to stderr\"\n"
              "prints \"plain\"\n",
              rows_of(you.diagram()));
}

TEST(Recorder, ShowsTheQuestionAndNotTheResolversSockets)
{
    Learner you;
    you.run([] {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICHOST | AI_ADDRCONFIG; // the second makes it look at the interfaces, through a socket
        addrinfo* found = nullptr;
        EXPECT_EQ(0, ::getaddrinfo("127.0.0.1", "80", &hints, &found));
        ::freeaddrinfo(found);
    });
    you.finishes();
    EXPECT_EQ("getaddrinfo(\"127.0.0.1\")  0  1 entry\n", rows_of(you.diagram()));
}

namespace {
struct Animal {
    virtual ~Animal() = default;
    virtual int legs() const { return 4; }
};
struct Bird : Animal {
    int legs() const override { return 2; }
};
} // namespace

// A sanitizer's own calls must not stand in the diagram as the learner's.
TEST(Recorder, LeavesSanitizersAlone)
{
    Learner you;
    you.run([] {
        const std::unique_ptr<Animal> bird = std::make_unique<Bird>();
        EXPECT_EQ(2, bird->legs());
        EXPECT_EQ(2, dynamic_cast<const Bird&>(*bird).legs());
    });
    you.finishes();
    EXPECT_EQ("", rows_of(you.diagram()));
}

TEST(Recorder, KnowsTheLearnersThreads)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        EXPECT_EQ(1, ::send(3, "1", 1, 0));
        std::thread{[] {
            char byte = 0;
            EXPECT_EQ(1, ::recv(3, &byte, 1, 0));
        }}.join();
        EXPECT_EQ(1, ::send(3, "2", 1, 0));
    });
    ann.sends("x");
    you.finishes();
    EXPECT_EQ("T1 send(3, \"1\", 1)  1\n"
              "T2 recv(3, 1 byte)  zzz  it sleeps\n"
              "ann sends \"x\"\n"
              "T2 ... recv(3)  1  \"x\"\n"
              "T1 send(3, \"2\", 1)  1\n",
              rows_of(you.diagram()));
}

TEST(Recorder, KnowsTheProcessesThatTheLearnerForks)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        int hold[2];
        EXPECT_EQ(0, ::pipe(hold));
        const pid_t child = ::fork();
        char byte = 0;
        if (child == 0) {
            (void)!::read(hold[0], &byte, 1); // until the parent has its result
            ::_exit(::send(3, "from below", 10, 0) == 10 ? 0 : 1);
        }
        EXPECT_EQ(1, ::write(hold[1], "x", 1));
        int status = -1;
        EXPECT_EQ(child, ::waitpid(child, &status, 0));
        EXPECT_EQ(0, status);
        ::close(hold[0]);
        ::close(hold[1]);
    });
    ann.expects("from below");
    you.finishes();
    EXPECT_EQ("T2 send(3, \"from below\", 10)  10\n", rows_with("send(", you.diagram()));
    EXPECT_EQ("T2 _exit(0)\n", rows_with("_exit(", you.diagram()));
    EXPECT_EQ("T1 fork()  a second process\n", rows_with("fork(", you.diagram()));
}
