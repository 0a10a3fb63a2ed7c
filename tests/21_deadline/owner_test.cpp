// The socket is its owner's.
#include "01_socket/socket.h"
#include "reads.h"

#include <fcntl.h>
#include <sys/resource.h>

using namespace lab;

TEST(Robust, TakesADescriptorAbove1023)
{
    rlimit most{};
    ::getrlimit(RLIMIT_NOFILE, &most);
    if (most.rlim_max < 2048)
        GTEST_SKIP() << "a process may have " << most.rlim_max << " descriptors here (ulimit -Hn)";
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
