#include "serving.h"

#include <algorithm>
#include <netinet/tcp.h>

using namespace serving;

TEST(Robust, LeavesTheNextClientInTheQueue)
{
    Learner you{{.rule = "who comes while you serve somebody else waits in the queue of your listener, and loses nothing.",
                 .why = "The kernel has connected bob already, and keeps what he sends. It resets him when the listener closes.",
                 .read = "man 2 listen, NOTES; man 2 accept, DESCRIPTION",
                 .ask = "Q18, Q52"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("I am ann");
    ann.expects("I am ann");
    Peer bob = you.connect("bob");
    bob.sends("I am bob");
    bob.expects_silence(); // ann may have more to say
    ann.closes();
    bob.expects("I am bob");
    bob.closes();
    you.keeps_serving();
}

TEST(Hostile, SurvivesAReset)
{
    Learner you{{.rule = "a client that resets ends its own connection and nothing else.",
                 .why = "ECONNRESET is how recv() says it. Close, and take the next client.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("hello");
    ann.expects("hello");
    ann.resets();
    serves_another(you);
    you.keeps_serving();
}

TEST(Hostile, SurvivesAClientThatResetInTheQueue)
{
    Learner you{{.rule = "a client may be gone when you accept it: every call on its socket may say so, and that ends only it.",
                 .why = "Linux hands a connection over that was reset in the queue. getpeername() then says ENOTCONN.",
                 .read = "man 2 getpeername, ENOTCONN; man 2 accept, NOTES",
                 .ask = "Q20, Q22"}};
    you.nth(Family::accepting, 1).pauses();
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.resets();
    you.resume();
    serves_another(you);
    you.keeps_serving();
}

TEST(Hostile, KeepsTheBytesOfOneFromTheNext)
{
    Learner you{{.rule = "what a client does not get any more belongs to nobody.",
                 .why = "A buffer that outlives its client still holds what could not be sent, and the next client gets it.",
                 .read = "man 2 send, ERRORS",
                 .ask = "Q31, Q52"}};
    you.nth(Family::writing, 1).pauses();
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("a secret of ann");
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    Peer bob = you.connect("bob");
    bob.sends("hello");
    bob.expects("hello");
    bob.expects_silence();
    bob.closes();
    you.keeps_serving();
}

TEST(Hostile, SurvivesAClientThatLeavesBeforeTheAnswer)
{
    Learner you{{.rule = "sending to a client that has left is an error of that client, and must not kill the process.",
                 .why = "The first send after the client closed succeeds, and its reply is a reset. The next one raises SIGPIPE, "
                        "which kills "
                        "by default; MSG_NOSIGNAL turns it into EPIPE.",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61"}};
    you.nth(Family::writing, 1).pauses();
    you.every(Family::writing).is_delayed(1ms); // the reset is the kernel's answer to your first send: give it time to come
    you.every(Family::writing).moves_at_most(4);
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends(pattern(1000));
    ASSERT_TRUE(you.paused()) << "you read ann's bytes and never tried to send";
    ann.closes();
    you.resume();
    serves_another(you);
    you.keeps_serving();
}

TEST(Hostile, SurvivesAClientThatSaysNothing)
{
    Learner you{{.rule = "a client may connect, say nothing, and leave.",
                 .why = "Its recv() gives 0 at once: that is the end, as always.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q52"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.expects_silence();
    ann.closes();
    serves_another(you);
    you.keeps_serving();
}

TEST(Hostile, SurvivesAClientThatNeverReads)
{
    Learner you{{.rule = "a client that never reads holds up its own bytes; when it leaves, the server goes on.",
                 .why = "send() sleeps when all buffers are full. The client's reset wakes it with an error: close, next client. "
                        "Who reads on while it cannot send keeps all of it in memory, until there is none.",
                 .read = "man 2 send, ERRORS; man 7 tcp",
                 .ask = "Q30, Q54, Q57"}};
    you.run(serve);
    Peer ann = you.connect("ann", {.peer_receive_buffer = 4096});
    ann.floods();
    you.settles();
    std::size_t taken = you.bytes_taken();
    for (const CallRecord& call : you.calls())
        if ((call.call == Call::accept || call.call == Call::accept4) && call.returned && call.result >= 0)
            taken -= std::min(taken, you.bytes_given(static_cast<int>(call.result)));
    expects(taken <= std::size_t{16} << 20, "you hold at most 1 MB of ann's bytes, and the kernel holds the others",
            "you have taken " + std::to_string(taken >> 20) + " MB that you could not send");
    ann.resets();
    serves_another(you);
    you.keeps_serving();
}

TEST(Hostile, GivesAClientAllTheTimeThatItWants)
{
    Learner you{
        {.rule = "a client may say nothing for a day, and not read for another: here is no time limit.",
         .why = "SO_RCVTIMEO and SO_SNDTIMEO end a call with EAGAIN, and a poll() gives 0: nothing has come yet, and no more "
                "than that.",
         .read = "man 7 socket, SO_RCVTIMEO and SO_SNDTIMEO",
         .ask = "Q54, Q58"}};
    you.run(serve);
    Peer ann = you.connect("ann", {.peer_receive_buffer = 4096});
    you.time_passes(25h);
    ann.sends("I am slow");
    ann.expects("I am slow");
    const std::size_t sent = ann.floods();
    you.time_passes(75h); // a send() whose time is over may have given a part, and the next one begins with all the time
    EXPECT_EQ(sent, ann.receives(sent).size()) << "bytes came back";
    ann.closes();
    you.keeps_serving();
    for (const CallRecord& call : you.calls()) // a limit that the kernel keeps by its own clock
        expects(call.call != Call::setsockopt || call.args[0] != IPPROTO_TCP || call.args[1] != TCP_USER_TIMEOUT,
                "no time limit for a client that does not read",
                "setsockopt(TCP_USER_TIMEOUT): the kernel ends the connection after " + std::to_string(call.args[2]) + " ms");
}

// The last one: whatever has a lesson of its own comes before it.
TEST(Hostile, TellsOrServesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "before there is a listener, an error is told and leaves nothing open; after that, it ends one client at most.",
        .why = "A call on a connection can fail for want of memory, too. That is this client's end, as a reset is.",
        .read = "man 2 recv, ERRORS; man 2 send, ENOBUFS; man 2 accept, ERRORS",
        .ask = "Q71, Q75"};
    whichever_call_fails([&] {
        Learner you{lesson};
        you.run([&] {
            told_or_done(serve); // which comes back by an exception only
            expects(you.count(Family::accepting) == 0, "your server goes on: it had a listener", "it ended");
            serve(); // nothing fails any more
        });
        int served = 0;
        for (const char* name : {"ann", "bob", "eve"}) {
            Peer client = you.connect(name);
            client.sends("hello");
            served += client.receives(5) == "hello" ? 1 : 0;
            client.closes();
        }
        you.keeps_serving();
        EXPECT_TRUE(!you.verdict().empty() || served >= 2)
            << "one call failed, and of three clients " << served << " had an answer";
    });
}
