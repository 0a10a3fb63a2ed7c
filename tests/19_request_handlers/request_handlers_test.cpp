#include "19_request_handlers/request_handlers.h"

#include "handlers.h"

using namespace handlers;

TEST(Works, RunsSetupHandleFinish)
{
    Learner you{{.rule = "a handler is made for one request: setup, handle, finish; then it dies, and its connection ends.",
                 .why = "finish() sends what was kept, so the connection must still be open then.",
                 .read = "man 2 close",
                 .ask = "Q109, Q110"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("made setup handle finish dies", story_of<Probe>(you.fd())); });
    ann.expects("an answer");
    ann.expects_end();
    you.finishes();
}

TEST(Works, SendsWhatItHasBeforeItWaits)
{
    Learner you{{.rule = "what was written leaves before read_line() waits for the client.",
                 .why = "The client waits for your question, and you wait for its answer: both sleep for ever.",
                 .ask = "Q109"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("", reports_when_it(greets, you.fd())); });
    ann.expects("name?\n");
    ann.sends("ann\r\nbob\nand");
    ann.expects("hello, ann\nhello, bob\n");
    ann.finishes_writing();
    ann.expects("hello, and\n");
    ann.expects_end();
    you.finishes();
}

TEST(Works, AnswersADatagramWithOne)
{
    Learner you{{.rule = "a datagram handler is given its datagram, and answers with one, or none, to whoever sent it.",
                 .why = "What waits in the socket is for other handlers. Each send is a datagram of its own, so collect first; "
                        "and where nothing was written, there is no answer.",
                 .read = "man 7 udp, DESCRIPTION",
                 .ask = "Q93, Q97, Q109"}};
    you.nth(Family::writing, 1).fails(EINTR);
    you.run([] { EXPECT_EQ("", reports_of_datagrams(3)); });
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    ann.sends("");
    ann.sends("one");
    bob.sends("two");
    you.resume();
    ann.expects("one;one;");
    bob.expects("two;two;");
    you.finishes();
}

TEST(Robust, FinishesAlsoWhenHandleThrows)
{
    Learner you{{.rule = "finish() also runs when handle() threw; each exception is reported; the connection ends as always.",
                 .why = "What setup() took must be given back, and what was written must leave: Python does it with finally.",
                 .read = "Python documentation, socketserver, Request Handler Objects",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("made setup handle finish dies; reported: handle ", story_of<Probe>(you.fd(0), "handle"));
        EXPECT_EQ("made setup handle finish dies; reported: handle finish ", story_of<Probe>(you.fd(1), "handle, finish"));
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->expects("an answer");
        peer->expects_end();
    }
    you.finishes();
}

TEST(Robust, FinishesNothingThatWasNotSetUp)
{
    Learner you{{.rule = "when setup() throws, neither handle() nor finish() runs; the connection ends as always.",
                 .why = "finish() gives back what setup() took. The server, not the handler, ends the connection.",
                 .read = "Python documentation, socketserver, Request Handler Objects",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("made setup dies; reported: setup ", story_of<Probe>(you.fd(0), "setup"));
        EXPECT_EQ("made ; reported: made ", story_of<Probe>(you.fd(1), "made"));
    });
    ann.expects_end();
    bob.expects_end();
    you.finishes();
}

TEST(Robust, SurvivesWhateverIsThrown)
{
    Learner you{{.rule = "an exception of any type ends one request, and is reported as it was thrown.",
                 .why = "A handler is somebody else's code: it may throw what is no std::exception. One that gets through here "
                        "stops the server for everybody.",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("42 ", reports_when_it([](auto&) { throw 42; }, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ann.expects_end();
    bob.expects("good");
    you.finishes();
}

TEST(Robust, KeepsSmallWritesButNotForEver)
{
    Learner you{{.rule = "small writes leave as one; no more than max_kept bytes are held back.",
                 .why = "A call for each byte is slow; an answer of any size in memory is what an attacker asks for.",
                 .read = "man 7 tcp, TCP_NODELAY",
                 .ask = "Q57, Q64"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        reports_when_it(
            [](auto& self) {
                for (const char& c : pattern(1000))
                    self.write({&c, 1});
            },
            you.fd(0));
        reports_when_it(writes_much, you.fd(1));
    });
    ann.expects_size(1000);
    EXPECT_GE(10, you.count(Family::writing)) << "calls that send, for 1000 bytes that were written one by one";
    bob.expects_size(30'000 - 8192); // the handler is busy with something else
    bob.sends(".");
    EXPECT_EQ(8192u, bob.receives_all().size()) << "bytes that were left for finish()";
    you.finishes();
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{{.rule = "the flush of a buffer is a loop: a short count leaves the rest, a signal leaves all of it.",
                 .why = "send() returned how many bytes the kernel took.",
                 .read = "man 2 write, RETURN VALUE; man 7 signal",
                 .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 2).fails(EINTR);
    you.every(Family::writing).moves_at_most(3);
    you.run([&] { EXPECT_EQ("", reports_when_it(says_good, you.fd())); });
    ann.expects("good");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, EndsTheStreamWhoeverElseHoldsIt)
{
    Learner you{{.rule = "SHUT_WR, then close: the client's stream ends, even if somebody holds a copy of the descriptor.",
                 .why = "FIN goes out with the last copy that is closed, and a child that a handler started may live on. "
                        "shutdown() ends the connection itself.",
                 .read = "man 2 shutdown, DESCRIPTION; man 2 close",
                 .ask = "Q39, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        static kata::UniqueFd copy;
        reports_when_it([](auto& self) { copy.reset(::dup(self.socket())); }, you.fd());
        char word = 0;
        static_cast<void>(::recv(you.fd(1), &word, 1, 0)); // the copy lives on until bob says something
        copy.reset();
    });
    ann.expects_end();
    bob.sends(".");
    you.finishes();
}

TEST(Robust, ReportsAnAnswerThatCannotBeSent)
{
    Learner you{{.rule = "an answer that cannot be sent is reported, and the next datagram is served.",
                 .why = "The sender chose the address, and this machine's rules may forbid to answer there: one lost datagram.",
                 .read = "man 2 send, ERRORS",
                 .ask = "Q96, Q110"}};
    you.nth(Family::writing, 1).fails(EACCES);
    you.run([] { EXPECT_EQ("EACCES ", reports_of_datagrams(2)); });
    UdpPeer ann = you.udp("ann");
    ann.sends("one");
    ann.sends("two");
    you.resume();
    ann.expects("two;two;");
    you.finishes();
}

TEST(Hostile, SurvivesAClientThatResets)
{
    Learner you{{.rule = "a client that is gone is one report, and never the end of the process.",
                 .why = "After the reset send() gives EPIPE, with a SIGPIPE unless MSG_NOSIGNAL is set. What could not be sent "
                        "once is not tried again by finish().",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("EPIPE ", reports_when_it(speaks_too_late, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    bob.expects("good");
    you.finishes();
}

TEST(Hostile, HasNothingToReportOfAClientThatLeftInTime)
{
    Learner you{{.rule = "a connection that has ended already is nobody's error.",
                 .why = "shutdown() says ENOTCONN when the client has reset: there is nothing left to end.",
                 .read = "man 2 shutdown, ERRORS",
                 .ask = "Q42, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("", reports_when_it([](auto&) { wait_for_the_test(); }, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    bob.expects("good");
    you.finishes();
}

TEST(Hostile, DoesNotWaitForAClientThatStays)
{
    Learner you{{.rule = "the end of a request does not wait until the client ends its stream.",
                 .why = "A client that stays and says nothing would hold up all others: this server has one thread.",
                 .read = "man 2 shutdown",
                 .ask = "Q52, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        reports_when_it(says_good, you.fd(0));
        reports_when_it(says_good, you.fd(1));
    });
    bob.expects("good"); // ann does nothing
    ann.expects("good");
    ann.expects_end();
    you.finishes();
}
