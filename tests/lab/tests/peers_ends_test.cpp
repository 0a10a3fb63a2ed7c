// How a peer hears that nothing comes any more, or that nothing should have come.
#include "recorded.h"

#include "lab/remarks/remarks.h"
#include "lab/watch/supervisor.h"

#include <gtest/gtest-spi.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

TEST(Peers, TakeAnEndOfEitherKind)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    bob.sends("unread");
    you.run([] {
        (void)::send(5, "more", 4, 0);
        for (const int fd : {3, 4, 5})
            ::close(fd);
    });
    ann.expects_close();
    bob.expects_close();
    EXPECT_NONFATAL_FAILURE(eve.expects_close(),
                            "expected  eve receives the end of the connection (FIN or RST)\ncame      \"m\"");
    you.finishes();
}

TEST(Peers, SendAnUrgentByteBesideTheStream)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        char bytes[8];
        pollfd stream{3, POLLIN, 0}, urgent{3, POLLPRI, 0};
        EXPECT_EQ(1, ::poll(&urgent, 1, -1));
        EXPECT_EQ(0, ::poll(&stream, 1, 0));
        EXPECT_EQ(1, ::poll(&stream, 1, -1));
        EXPECT_EQ(2, ::recv(3, bytes, sizeof bytes, 0));
        EXPECT_EQ("hi", std::string(bytes, 2));
    });
    ann.sends_urgently('!');
    ann.sends("hi");
    you.finishes();
    EXPECT_EQ("", unseen_calls({you.supervisor().arena(), you.supervisor().ports(), ""}));
}

TEST(Peers, HearAResetBehindTheEnd)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([] {
        const linger abort{1, 0};
        ::setsockopt(3, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        for (const int fd : {3, 4})
            ::shutdown(fd, SHUT_WR);
        wait_for_the_test();
        for (const int fd : {3, 4})
            ::close(fd);
    });
    ann.expects_end();
    bob.expects_end();
    EXPECT_NONFATAL_FAILURE(ann.expects_reset(), "expected  ann receives a reset (RST) behind the end\ncame      nothing");
    you.resume();
    ann.expects_reset();
    EXPECT_NONFATAL_FAILURE(bob.expects_reset(), "expected  bob receives a reset (RST) behind the end\ncame      nothing");
    you.finishes();
}

TEST(Peers, WaitForNoMoreWhereNothingShouldCome)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        (void)::send(3, "more", 4, 0);
        wait_for_the_test();
    });
    EXPECT_NONFATAL_FAILURE(ann.expects_silence(), "expected  ann receives nothing yet\ncame      \"more\"");
    you.finishes(); // its deadline is not over
}

TEST(Peers, GoWhereTheLearnerListensInTheEnd)
{
    Learner you;
    you.run([] {
        const auto listens = [] {
            const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
            ::listen(fd, 1); // at whichever port the kernel has
            return fd;
        };
        ::close(listens());
        for (std::string work; work.size() < 1'000'000;) // long enough for a test that does not wait
            work += '.';
        const int listener = listens(), client = ::accept(listener, nullptr, nullptr);
        ::send(client, "hello", 5, 0);
        ::close(client);
        ::close(listener);
    });
    you.connect("ann").expects("hello");
    you.finishes();
}
