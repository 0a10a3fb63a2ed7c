#include "10_echo_server/echo_server.h"

#include "lab/lab.h"

using namespace lab;

namespace {

void serve() { kata::echo_server(kata::parse_endpoint("127.0.0.1:0")); }

// The proof that it lives: the next client is served like the first.
void serves_another(Learner& you)
{
    Peer bob = you.connect("bob");
    bob.sends("are you there?");
    bob.expects("are you there?");
    bob.finishes_writing();
    bob.expects_end();
}

} // namespace

TEST(Works, SendsBackWhatItGets)
{
    Learner you{{.rule = "an echo server sends each client its own bytes as they come.",
                 .why = "The seven steps: socket, bind, listen, accept, recv, send, close.",
                 .read = "man 7 ip; man 2 accept",
                 .ask = "Q1, Q8"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("hello");
    ann.expects("hello");
    ann.sends("world");
    ann.expects("world");
    ann.expects_silence();
    you.is_killed(); // how a client ends is the next lesson
}

TEST(Works, EndsWithTheClient)
{
    Learner you{{.rule = "recv() == 0 is the end of the client's stream: send what you have, close, take the next client.",
                 .why =
                     "0 is not \"no data yet\": a blocking recv sleeps for that. The client may still be reading: it waits for "
                     "the end of your stream.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q40, Q46"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("last words");
    ann.finishes_writing();
    ann.expects("last words");
    ann.expects_end();
    you.keeps_serving();
}

TEST(Works, ServesOneClientAfterAnother)
{
    Learner you{{.rule = "a server serves the second client like the first.",
                 .why = "accept() gives one connection. The listener stays open and gives the next.",
                 .read = "man 2 accept, DESCRIPTION",
                 .ask = "Q19, Q52, Q53"}};
    you.run(serve);
    for (const char* name : {"ann", "bob", "eve"}) {
        Peer client = you.connect(name);
        client.sends(name);
        client.expects(name);
        client.closes();
    }
    you.keeps_serving();
}

TEST(Works, KeepsEveryByte)
{
    using namespace std::string_view_literals;
    Learner you{{.rule = "bytes are bytes: a zero does not end them, and nothing is added.",
                 .why = "recv() told you how many there are. strlen() and sizeof do not know.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q34"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("a\0b\0\xff\r\n"sv);
    ann.expects("a\0b\0\xff\r\n"sv);
    ann.sends(pattern(100'000));
    ann.expects_size(100'000);
    ann.expects_silence();
    ann.closes();
    you.keeps_serving();
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{
        {.rule = "a stream socket may take fewer bytes than you offer; the rest is yours to send.",
         .why = "send() returned how many the kernel took. The loop around it is missing or starts again in the wrong place.",
         .read = "man 2 write, RETURN VALUE; man 2 send",
         .ask = "Q28, Q29"}};
    you.every(Family::writing).moves_at_most(5);
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("hello, world");
    ann.expects("hello, world");
    ann.closes();
    you.keeps_serving();
}

TEST(Robust, CarriesOnAfterSignals)
{
    Learner you{{.rule = "EINTR is no failure: a signal came, nothing was done, call again.",
                 .why = "Any call that can sleep can end so: accept, recv, send.",
                 .read = "man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q29, Q88"}};
    you.nth(Family::accepting, 1).fails(EINTR);
    you.nth(Family::reading, 1).fails(EINTR);
    you.nth(Family::writing, 1).fails(EINTR);
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("hello");
    ann.expects("hello");
    ann.closes();
    serves_another(you);
    you.keeps_serving();
}

TEST(Robust, AcceptsAgainAfterADeadConnection)
{
    Learner you{
        {.rule = "an error of one connection ends that connection, not the server.",
         .why =
             "On Linux accept() also reports errors that are already waiting on the new connection: treat them like EAGAIN, by "
             "trying again.",
         .read = "man 2 accept, \"Error handling\"",
         .ask = "Q22"}};
    you.nth(Family::accepting, 1).fails(ECONNABORTED);
    you.nth(Family::accepting, 2).fails(EPROTO);
    you.run(serve);
    serves_another(you);
    you.keeps_serving();
}

TEST(Robust, TakesItsPortBackAfterARestart)
{
    const Lesson lesson{
        .rule = "a restarted server must be able to take its port back.",
        .why = "Old connections of this port are still in TIME_WAIT; SO_REUSEADDR, set before bind, lets you bind beside "
               "them.",
        .read = "man 7 socket, SO_REUSEADDR",
        .ask = "Q13, Q17, Q90"};
    std::string address = private_loopback() + ":0";
    {
        Learner you{lesson};
        you.run([&] { kata::echo_server(kata::parse_endpoint(address)); });
        Peer ann = you.connect("ann");
        ann.sends("hello");
        ann.expects("hello");
        address = private_loopback() + ":" + std::to_string(you.port());
        you.is_killed(); // its end of ann's connection closes first, so TIME_WAIT stays on this port
        ann.expects_end();
        ann.closes();
    }
    Learner you{lesson};
    you.run([&] { kata::echo_server(kata::parse_endpoint(address)); });
    serves_another(you);
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
                 .why = "send() sleeps when all buffers are full. The client's reset wakes it with an error: close, next client.",
                 .read = "man 2 send, ERRORS; man 7 tcp",
                 .ask = "Q30, Q54"}};
    you.run(serve);
    Peer ann = you.connect("ann", {.peer_receive_buffer = 4096});
    ann.floods();
    ann.resets();
    serves_another(you);
    you.keeps_serving();
}
