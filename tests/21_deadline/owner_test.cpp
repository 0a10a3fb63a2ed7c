// The socket is its owner's, and so are his signals.
#include "01_socket/socket.h"
#include "reads.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

using namespace lab;

namespace {

void set_limit(int fd, timeval limit) { ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit); }

void set_low_water(int fd, int bytes) { ::setsockopt(fd, SOL_SOCKET, SO_RCVLOWAT, &bytes, sizeof bytes); }

int low_water_of(int fd)
{
    int bytes = 0;
    socklen_t size = sizeof bytes;
    ::getsockopt(fd, SOL_SOCKET, SO_RCVLOWAT, &bytes, &size);
    return bytes;
}

long limit_of(int fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    ::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
    return limit.tv_sec * 1000 + limit.tv_usec / 1000;
}

} // namespace

TEST(Robust, TakesADescriptorAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "a descriptor may have any number, also one above 1023.",
                 .why = "An fd_set has 1024 bits. FD_SET of 1500 writes behind it, into whatever stands there.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q70"},
                {.descriptors = 2048}};
    Peer ann = you.wire("ann");
    you.run([&] {
        const kata::UniqueFd high{::fcntl(you.fd(), F_DUPFD_CLOEXEC, 1500)};
        EXPECT_EQ("hello, ok", until(high.get(), 5, 200ms));
        EXPECT_EQ(", timeout", until(high.get(), 5, 200ms));
    });
    ann.sends("hel");
    ann.sends("lo");
    you.finishes();
}

TEST(Robust, TakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other.",
                 .why = "Who closes standard input, as a daemon does, gets 0 for the next socket.",
                 .read = "man 2 socket, RETURN VALUE",
                 .ask = "Q9"}};
    Peer ann = you.wire("ann");
    ann.sends("hello");
    you.run([&] {
        const kata::UniqueFd zero{::dup2(you.fd(), 0)};
        EXPECT_EQ("hello, ok", until(0, 5, 200ms));
        EXPECT_EQ(", timeout", until(0, 5, 200ms));
    });
    you.finishes();
}

TEST(Robust, LeavesTheSocketAsItWas)
{
    Learner you{{.rule = "flags and options of the socket are its owner's: on every way out they are as they were.",
                 .why = "A timeout that you left there surprises the next recv() with EAGAIN; so does O_NONBLOCK.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 fcntl, F_SETFL; man 2 recv, MSG_DONTWAIT",
                 .ask = "Q26, Q55"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true}), eve = you.wire("eve"), dan = you.wire("dan");
    eve.finishes_writing();
    dan.resets();
    you.run([&] {
        EXPECT_EQ("hel, timeout", until(you.fd(0), 5, 200ms));
        EXPECT_EQ("hel, timeout", until(you.fd(1), 5, 200ms));
        EXPECT_EQ(", eof", until(you.fd(2), 5, 200ms));
        EXPECT_EQ(", reset", until(you.fd(3), 5, 200ms));
        for (const std::size_t i : {0u, 1u, 2u, 3u})
            expects_open(you.fd(i), "after the call");
    });
    ann.sends("hel");
    bob.sends("hel");
    you.finishes();
}

TEST(Robust, LeavesWhatItsOwnerHasSet)
{
    constexpr Lesson lesson{
        .rule = "what the owner has set is no limit of yours, and stands there afterwards as he has set it, also when you throw.",
        .why = "\"As it was\" is not \"as on a new socket\": look at each call what is there, and put that back.",
        .read = "man 7 socket, SO_RCVTIMEO and SO_RCVLOWAT; man 2 fcntl, F_GETFL and F_SETFL",
        .ask = "Q26, Q55"};
    for (const bool throws : {false, true}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        ann.sends("hello");
        if (throws)
            you.every(Family::reading).fails(EIO);
        you.run([&] {
            const auto gives = [&](const std::string& result) {
                std::string came;
                const std::string error = error_of([&] { came = until(you.fd(), 6, 200ms); });
                EXPECT_EQ(throws ? "EIO" : result, throws ? error : came);
            };
            set_limit(you.fd(), {0, 50'000});
            set_low_water(you.fd(), 3);
            const long owners_limit = limit_of(you.fd()); // in whole ticks of the kernel's clock
            gives("hello, timeout");
            EXPECT_EQ(owners_limit, limit_of(you.fd())) << "SO_RCVTIMEO of the owner, in milliseconds";
            EXPECT_EQ(3, low_water_of(you.fd())) << "SO_RCVLOWAT of the owner";
            set_limit(you.fd(), {0, 0});
            set_low_water(you.fd(), 1);

            const int blocking = ::fcntl(you.fd(), F_GETFL), owners_flags = blocking | O_NONBLOCK | O_ASYNC;
            ::fcntl(you.fd(), F_SETFL, owners_flags);
            gives(", timeout");
            EXPECT_EQ(owners_flags, ::fcntl(you.fd(), F_GETFL)) << "the owner has set O_NONBLOCK and O_ASYNC";
            ::fcntl(you.fd(), F_SETFL, blocking);
        });
        you.finishes();
    }
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the caller has blocked waits until he wants it: your sleep does not let it in.",
                 .why = "ppoll() and pselect() sleep with the mask that they are given. An empty one opens what was closed, and "
                        "here SIGTERM ends the process in the middle of the wait.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q55, Q88"}};
    Peer ann = you.wire("ann");
    you.run([&] { while_a_signal_is_blocked([&] { EXPECT_EQ(", timeout", until(you.fd(), 5, 200ms)); }); });
    you.finishes();
}
