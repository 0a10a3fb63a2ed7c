#include "serving.h"

using namespace serving;

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
    you.settles();
    EXPECT_EQ(0u, ann.unread()) << "bytes came that ann did not send";
    you.is_killed(); // how a client ends is a later lesson
}

TEST(Works, AnswersAsOftenAsTheClientSpeaks)
{
    Learner you{{.rule = "a connection lasts for many messages: recv and send are a loop of their own.",
                 .why = "accept() gives another client, and sleeps until there is one. It stands outside of that loop.",
                 .read = "man 2 accept, DESCRIPTION",
                 .ask = "Q19, Q33"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    for (const char* word : {"hello", "world", "!"}) {
        ann.sends(word);
        ann.expects(word);
    }
    you.is_killed();
}

TEST(Works, SleepsUntilSomethingComes)
{
    Learner you{{.rule = "a server that waits for a client is woken by the client, and by nothing else.",
                 .why = "A pause between two looks is too long for whoever comes meanwhile, and too short when nobody comes.",
                 .read = "man 2 accept, DESCRIPTION; man 2 poll",
                 .ask = "Q55"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("hello");
    ann.expects("hello");
    EXPECT_EQ(0, you.waits_in_vain()) << "of your waits ended because time was over, and not because something came";
    you.is_killed();
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
    ann.expects("last words");
    ann.finishes_writing();
    ann.expects_end();
    you.is_killed();
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
    Learner you{{.rule = "bytes are bytes: none of them ends the others, and nothing is added.",
                 .why = "recv() told you how many there are. strlen() and sizeof do not know.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q34"}};
    std::string all = "a";
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends(all);
    ann.expects(all);
    for (const std::size_t size : {1000U, 2000U, 3000U}) {
        ann.sends(pattern(size));
        ann.expects_size(size);
    }
    ann.expects_silence();
    ann.closes();
    you.keeps_serving();
}

TEST(Robust, AnswersWhatCameWithTheEnd)
{
    Learner you{{.rule = "the end of the client's stream stands behind its last byte: answer that first.",
                 .why =
                     "Bytes and FIN may come together. POLLRDHUP reports the end while bytes before it are unread; recv() gives "
                     "them first, and then 0.",
                 .read = "man 2 poll, POLLRDHUP; man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q40"}};
    you.nth(Family::accepting, 1).pauses();
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("last words");
    ann.finishes_writing();
    you.resume();
    ann.expects("last words");
    ann.expects_end();
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

TEST(Robust, WaitsForAClientThatReadsLate)
{
    Learner you{{.rule = "a client may send first and read later: it gets all its bytes, however long your send() has to wait.",
                 .why = "When all buffers are full there is room for nothing: EAGAIN, where you asked not to sleep. It says "
                        "\"later\", and not \"never\".",
                 .read = "man 2 send, EAGAIN; man 2 poll, POLLOUT",
                 .ask = "Q29, Q30"}};
    you.run(serve);
    Peer ann = you.connect("ann", {.peer_receive_buffer = 4096});
    const std::size_t sent = ann.floods();
    ann.finishes_writing();
    EXPECT_EQ(sent, ann.receives_all().size()) << "bytes came back, up to the end";
    you.keeps_serving();
}

TEST(Robust, CarriesOnAfterSignals)
{
    Learner you{{.rule = "EINTR is no failure: a signal came, nothing was done, call again.",
                 .why = "Any call that can sleep can end so: accept, recv, send, poll.",
                 .read = "man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q29, Q88"}};
    for (const Family family : {Family::accepting, Family::reading, Family::writing, Family::waiting})
        you.first(family, 3).fails(EINTR); // who tries again once has not understood it
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends("hello");
    ann.expects("hello");
    ann.closes();
    serves_another(you);
    you.keeps_serving();
}

// The stack has no frame for each of them.
TEST(Robust, CarriesOnAfterAnyNumberOfSignals)
{
    Learner you{{.rule = "however often signals end a recv(), it is called again, and that costs no memory.",
                 .why = "A client may say nothing for years, and signals come each night. Who tries again by calling itself has "
                        "one more frame on the stack for each, and dies when it is full.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q29, Q88"},
                {.stack_kib = 1024, .idle_calls = 50'000}};
    you.first(Family::reading, 8000).fails(EINTR);
    you.run(serve);
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
    std::uint32_t nth = 0;
    for (const int error : {ECONNABORTED, EPROTO, EHOSTUNREACH, ENETDOWN, ENETUNREACH, ENOPROTOOPT, EHOSTDOWN, ENONET})
        you.nth(Family::accepting, ++nth).fails(error);
    you.run(serve);
    serves_another(you);
    you.keeps_serving();
}
