// exchange(): all that a peer may do, but for the time that it takes.
#include "11_tcp_client/script.h"

using namespace lab;
using script::exchange, script::much, script::narrow;

TEST(Works, SendsARequestAndReadsTheAnswer)
{
    Learner you{{.rule = "send the request, say that it is all, and read until the peer says the same.",
                 .why = "SHUT_WR ends your direction only. Even an empty request has an end, and you still read the answer.",
                 .read = "man 2 shutdown; RFC 9293 section 3.6",
                 .ask = "Q39, Q40"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ(std::string("he\0llo world\xff, finished", 23), exchange(you.fd(0), {"pi\0ng", 5}));
        EXPECT_EQ("what?, finished", exchange(you.fd(1), ""));
    });
    ann.expects({"pi\0ng", 5});
    ann.expects_end();
    ann.sends({"he\0llo ", 7});
    ann.dribbles("world\xff");
    ann.closes();
    bob.expects_end();
    bob.sends("what?");
    bob.closes();
    you.finishes();
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{{.rule = "a short count and EINTR are not the end of anything: go on with what is left.",
                 .why = "send() says how much it took, recv() how much there was. A signal only ends the call.",
                 .read = "man 2 write, RETURN VALUE; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q28, Q29, Q88"}};
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(3);
    you.every(Family::reading).moves_at_most(4);
    for (const Family family : {Family::writing, Family::reading, Family::waiting})
        you.nth(family, 2).fails(EINTR);
    you.run([&] { EXPECT_EQ("a long answer, finished", exchange(you.fd(), "a long request")); });
    ann.expects("a long request");
    ann.expects_end();
    ann.sends("a long answer");
    ann.closes();
    you.finishes();
}

TEST(Robust, NeverWaitsForAPeerThatWaitsForIt)
{
    Learner you{{.rule = "read while you send: when all buffers are full, each side waits for the other to read.",
                 .why = "Ann takes no more before she has got rid of what she has. POLLOUT does not promise room for all.",
                 .read = "man 2 send, DESCRIPTION and MSG_DONTWAIT; RFC 9293 section 3.8.6",
                 .ask = "Q30, Q54, Q57"}};
    Peer ann = you.wire("ann", narrow), bob = you.wire("bob", narrow);
    you.run([&] {
        EXPECT_EQ("<150000 bytes>, finished", exchange(you.fd(0), much));
        EXPECT_EQ("<150000 bytes>, finished", exchange(you.fd(1), much));
    });
    ann.echoes();
    ann.closes();
    bob.sends(much); // before it has read anything
    bob.expects_size(much.size());
    bob.expects_end();
    bob.closes();
    you.finishes();
}

TEST(Hostile, KeepsTheLastWordsOfAPeerThatLeft)
{
    Learner you{
        {.rule = "when the peer is gone, what it said before is still there to be read; then say how it ended.",
         .why = "POLLERR, POLLHUP and a failed send() do not mean that nothing is left. A reset is told once, as ECONNRESET, to "
                "whichever call comes first: recv() then ends with 0. Behind a FIN it is EPIPE, with SIGPIPE.",
         .read = "man 2 poll, POLLHUP; man 2 send, MSG_NOSIGNAL and ERRORS; RFC 9293 section 3.6.1",
         .ask = "Q31, Q38, Q45, Q61, Q74"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.every(Family::writing).moves_at_most(1000);
    you.nth(Family::writing, 2).pauses();
    bob.sends("too long");
    bob.resets();
    you.run([&] {
        EXPECT_EQ("no, ", exchange(you.fd(0), much).substr(0, 4)); // finished: the FIN came; or reset: not all was read
        EXPECT_EQ("too long, reset", exchange(you.fd(1), "pong"));
    });
    ASSERT_TRUE(you.paused()) << "you did not send the rest of the request";
    ann.sends("no");
    ann.finishes_writing();
    ann.closes();
    you.resume();
    you.finishes();
}

TEST(Hostile, KnowsAResetBehindTheEnd)
{
    Learner you{{.rule = "the peer's end is the end: a reset that comes behind it, because you went on sending, changes nothing.",
                 .why =
                     "send() tells a reset behind a FIN as EPIPE, one without a FIN as ECONNRESET. All that the peer had to say "
                     "is there, and then recv() is 0.",
                 .read = "man 2 send, EPIPE; RFC 9293 section 3.6.1",
                 .ask = "Q31, Q42, Q45"}};
    Peer ann = you.wire("ann");
    ann.sends("no");
    ann.finishes_writing();
    you.nth(Family::writing, 1).fails(EPIPE);
    you.run([&] { EXPECT_EQ("no, finished", exchange(you.fd(), "ping")); });
    you.finishes();
}

TEST(Hostile, MayFindNobodyToHalfClose)
{
    Learner you{
        {.rule = "a peer that resets before your SHUT_WR is a reset like any other: a result, and no exception.",
         .why = "shutdown() says ENOTCONN then: nothing is left to end. recv() gives what came before, and tells what happened.",
         .read = "man 2 shutdown, ENOTCONN; man 2 recv, ERRORS",
         .ask = "Q39, Q42"}};
    Peer ann = you.wire("ann");
    you.nth(Call::shutdown, 1).pauses();
    you.run([&] { EXPECT_EQ("half an ans, reset", exchange(you.fd(), "ping")); });
    ann.expects("ping");
    ASSERT_TRUE(you.paused()) << "you did not end your stream";
    ann.sends("half an ans");
    ann.resets();
    you.resume();
    you.finishes();
}

TEST(Hostile, ReadsToTheEndOfAPeerThatReset)
{
    Learner you{{.rule = "a reset while you wait for the answer: what came before it counts, and the end is \"reset\".",
                 .why = "recv() gives the bytes, and then ECONNRESET. It is the peer's doing: a result, and no exception.",
                 .read = "man 2 recv, ERRORS; man 2 fcntl, F_SETFL",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true});
    you.run([&] {
        EXPECT_EQ("half an ans, reset", exchange(you.fd(0), "ping"));
        EXPECT_EQ("half an ans, reset", exchange(you.fd(1), "ping"));
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->expects("ping");
        peer->sends("half an ans");
        peer->resets();
    }
    you.finishes();
}

TEST(Hostile, EndsWithThePeer)
{
    Learner you{{.rule = "the peer's end is the end of the exchange, even if it never reads the rest.",
                 .why = "The answer is complete: nothing is left to wait for. A stream that has ended stays readable for ever, "
                        "and POLLRDHUP does not say that all is read.",
                 .read = "man 2 poll, POLLIN; man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q74"},
                {.deadline = 1000ms}};
    Peer ann = you.wire("ann", narrow), bob = you.wire("bob");
    bob.sends("I know"); // with its FIN, before anything was asked
    bob.finishes_writing();
    you.run([&] {
        EXPECT_EQ("no, finished", exchange(you.fd(0), much));
        EXPECT_EQ("I know, finished", exchange(you.fd(1), "ping"));
    });
    ann.sends("no");
    ann.finishes_writing();
    you.finishes();
}
