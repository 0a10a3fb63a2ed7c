// Tests that fail on purpose, one for each kind of failure. They stand in a file of an exercise that does not exist, so that
// their lessons look like an exercise's.
#include "kata.h"
#include "lab/lab.h"

#include <cstdio>
#include <cstdlib>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

constexpr Lesson lesson{.rule = "a stream socket may take fewer bytes than you offer; the rest is yours to send.",
                        .why = "send() returned how many the kernel took.",
                        .read = "man 2 send, RETURN VALUE",
                        .ask = "Q28, Q29"};

void serves_one_client_and_forgets_the_rest()
{
    char bytes[64];
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    ::listen(listener, 8);
    const int client = ::accept(listener, nullptr, nullptr);
    const ssize_t n = ::recv(client, bytes, sizeof bytes, 0);
    (void)::send(client, bytes, static_cast<std::size_t>(n), MSG_NOSIGNAL);
    ::close(client);
    ::close(listener);
}

int listens_on(int fd)
{
    if (::listen(fd, 2) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
    return 7;
}

} // namespace

#line 10 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, ExpectsAndGets)
{
    Learner you{lesson};
    you.every(Family::writing).moves_at_most(5);
    you.run(serves_one_client_and_forgets_the_rest);
    Peer ann = you.connect("ann");
    ann.sends("hello, world");
    ann.expects("hello, world");
    ann.expects_silence();
    you.finishes();
}

#line 30 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, GivesAVerdict)
{
    Learner you{lesson};
    Peer ann = you.wire("ann");
    you.run([] { ::socket(AF_INET, SOCK_STREAM, 0); });
    you.finishes();
}

#line 40 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, ExpectsInTheChild)
{
    Learner you{lesson};
    Peer ann = you.wire("ann");
    you.run([] {
        char bytes[8];
        std::puts("I wait for ann");
        const ssize_t n = ::recv(3, bytes, sizeof bytes, 0);
        std::puts("ann has come");
        std::thread{[] { (void)::send(3, "ok", 2, 0); }}.join();
        EXPECT_EQ("you", std::string(bytes, static_cast<std::size_t>(n)));
    });
    ann.sends("me");
    ann.expects("ok");
    you.finishes();
}

#line 55 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, NamesWhatItTests)
{
    Learner you{lesson};
    you.run([] {
        const int server = ::socket(AF_INET, SOCK_STREAM, 0);
        for (const int fd : {server, 99})
            EXPECT_EQ("no error", error_of([fd] {
                          calls("listen_on(" + std::to_string(fd) + ", backlog 2)", [fd] { return listens_on(fd); });
                      }));
        ::close(server);
    });
    you.finishes();
}

#line 60 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, IsNotWritten)
{
    Learner you{lesson};
    Peer ann = you.wire("ann");
    you.run([] { kata::not_written(); });
    ann.expects("anything");
    you.finishes();
}

#line 70 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Robust, IsStuckWithTwoPeers)
{
    Learner you{lesson};
    const int listener = you.listener();
    you.run([=] {
        for (char byte = 0;;)
            (void)::recv(::accept(listener, nullptr, nullptr), &byte, 1, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    bob.sends("x");
    bob.expects("x");
    you.keeps_serving();
}

#line 80 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Robust, SpinsForALongTime)
{
    Learner you{lesson};
    Peer ann = you.wire("ann");
    ann.closes();
    you.run([] {
        char byte = 0;
        while (::recv(3, &byte, 1, 0) <= 0) {
        }
    });
    you.finishes();
}

#line 90 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Robust, MakesManyDifferentCalls)
{
    Learner you{lesson};
    Peer ann = you.wire("ann");
    you.run([] {
        for (int i = 0; i < 70; ++i)
            (void)::send(3, &"0123456789"[i % 10], 1, 0);
        std::exit(1);
    });
    you.finishes();
}

#line 100 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Robust, OverflowsTheHeap)
{
    Learner you{lesson};
    you.run([] {
        char* volatile memory = static_cast<char*>(std::malloc(8)); // or the compiler warns
        volatile char* const bytes = memory;                        // or it leaves the write out
        bytes[8] = 'x';
        std::free(const_cast<char*>(bytes));
    });
    you.finishes();
}

#line 110 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, HasNoLearner) { EXPECT_EQ(4, 2 + 3) << "four legs"; }

#line 115 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, ComparesWithALiteral) { EXPECT_EQ("you", std::string_view{"me"}); }

#line 120 "/home/ann/kata/tests/99_example/example_test.cpp"
TEST(Works, ExpectsACondition)
{
    Learner you{lesson};
    you.run([] { EXPECT_TRUE(::getpid() == 0); });
    you.finishes();
}

TEST(Works, KeepsAText)
{
    Learner you{lesson};
    std::string kept;
    you.run([&] { kept.assign(1000, 'x'); });
    you.finishes();
}

TEST(Works, IsGreen)
{
    Learner you{lesson};
    you.run([] {});
    you.finishes();
}
