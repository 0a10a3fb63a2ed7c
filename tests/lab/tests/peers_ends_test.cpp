// How a peer hears that nothing comes any more, or that nothing should have come.
#include "recorded.h"

#include <gtest/gtest-spi.h>
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
