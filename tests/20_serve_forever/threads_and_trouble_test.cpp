#include "handlers.h"

using namespace handlers;

TEST(Works, ServesAllAtOnceWithThreads)
{
    Learner you{{.rule = "with ThreadingMixIn a silent client holds up nobody but itself.",
                 .why = "Each request has a thread of its own; the loop is back in poll() at once.",
                 .read = "Python documentation, socketserver, ThreadingMixIn",
                 .ask = "Q53, Q65, Q109"}};
    you.run(serve<Threaded<Local<Tcp>>>);
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    is_served(bob); // ann says nothing
    is_served(ann);
    ann.closes();
    bob.closes();
    you.keeps_serving();
}

TEST(Robust, DropsWhatItRejects)
{
    struct Picky : Local<Tcp> {
        int visitors = 0;
        bool verify_request(const kata::Request&) override
        {
            if (++visitors == 2)
                throw "verify";
            return visitors > 2;
        }
    };
    Learner you{{.rule = "a client that verify_request() rejects is closed, and so is one at which it throws; the loop goes on.",
                 .why = "Nobody else will close it: its client waits for ever, and one descriptor after another is lost.",
                 .read = "man 2 close; Python documentation, socketserver, BaseServer.verify_request",
                 .ask = "Q46, Q110"}};
    you.run([] {
        Picky server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("verify served ", the_story());
    });
    Peer ann = you.connect("ann");
    ann.expects_end();
    Peer eve = you.connect("eve");
    eve.expects_end();
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SurvivesAShortage)
{
    Learner you{
        {.rule = "when accept() has no descriptor left (EMFILE), the loop tells it, and serves the client a moment later.",
         .why = "The client stays in the queue, and sooner or later somebody closes something.",
         .read = "man 2 accept, ERRORS",
         .ask = "Q21"}};
    you.nth(Family::accepting, 1).fails(EMFILE);
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("EMFILE served ", the_story());
    });
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SleepsDuringAShortage)
{
    Learner you{
        {.rule = "while nobody can be accepted the loop sleeps between two tries, and still hears a shutdown().",
         .why = "The client stays in the queue, so poll() says \"readable\" at once, again and again: a busy loop, just when "
                "the machine is short of everything.",
         .read = "man 2 accept, ERRORS; man 2 poll",
         .ask = "Q21"}};
    you.every(Family::accepting).fails(EMFILE);
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(server, [&] { server.shutdown(); });
    });
    Peer ann = you.connect("ann");
    ann.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, SleepsWithAnIntervalOfZero)
{
    Learner you{{.rule = "a poll interval of 0 is no reason to spin.",
                 .why =
                     "poll() with a limit of 0 returns at once. An eventfd among its descriptors needs no interval: it wakes the "
                     "loop when there is a reason.",
                 .read = "man 2 poll; man 2 eventfd",
                 .ask = "Q87, Q111"}};
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(
            server, [&] { server.shutdown(); }, 0);
    });
    Peer ann = you.connect("ann");
    is_served(ann);
    ann.closes();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, WaitsForItsThreadsWhenItCloses)
{
    Learner you{{.rule = "server_close() waits until the last request is served.",
                 .why = "A thread that is left alone goes on with a server that is gone: its handlers, its log, its memory.",
                 .read = "man 3 pthread_join; Python documentation, socketserver, ThreadingMixIn.block_on_close",
                 .ask = "Q76, Q89"}};
    you.run([] {
        Threaded<Local<Tcp>> server;
        serve_until_resumed(server, [&] {
            server.shutdown();
            server.server_close();
            tell("closed");
        });
        EXPECT_EQ("served closed ", the_story());
    });
    Peer ann = you.connect("ann");
    is_served(ann);
    ASSERT_TRUE(you.paused());
    you.resume();
    is_served(ann, "still there?\n");
    ann.closes();
    you.finishes();
}

namespace {

struct AnswersLate : EchoDatagram {
    using EchoDatagram::EchoDatagram;
    void handle() override
    {
        char word = 0;
        static_cast<void>(::recv(3, &word, 1, 0)); // until bob says something
        EchoDatagram::handle();
    }
};

} // namespace

TEST(Robust, ClosesTheSocketAfterItsThreads)
{
    Learner you{{.rule = "the socket of a UDP server is open until the last handler has answered on it.",
                 .why = "All handlers send on the same descriptor. Once it is closed they get EBADF, or they write into whatever "
                        "has that number by then.",
                 .read = "man 2 close, \"Multithreaded processes and close()\"",
                 .ask = "Q71, Q89"}};
    Peer bob = you.wire("bob");
    you.run([] {
        Threaded<Local<Udp, AnswersLate>> server;
        serve_until_resumed(server, [&] {
            server.shutdown();
            server.server_close();
        });
        EXPECT_EQ("", the_story());
    });
    UdpPeer ann = you.udp("ann");
    ann.sends("late");
    ann.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.settles();
    bob.sends(".");
    ann.expects("late");
    you.finishes();
}

TEST(Robust, GivesThreadsBack)
{
    static constexpr long clients = 40;
    Learner you{{.rule = "a thread that has ended is joined while the server runs, not when it closes.",
                 .why = "Until then it keeps its stack. A server that collects them for its end runs out of memory in between.",
                 .read = "man 3 pthread_join, NOTES",
                 .ask = "Q65, Q76"}};
    you.run([] {
        Threaded<Local<Tcp>> server;
        const long before = stacks();
        serve_until_resumed(server, [&] {
            server.shutdown();
            const long more = stacks() - before;
            expects(more < clients / 2, "after 40 requests, one by one, few threads have their stacks still",
                    std::to_string(more) + " have");
        });
    });
    for (long i = 0; i < clients; ++i) {
        Peer client = you.connect("n" + std::to_string(i));
        client.finishes_writing();
        client.expects_end();
    }
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Hostile, ServesFiftyAtOnce)
{
    Learner you{{.rule = "fifty clients at once are fifty threads, and each client gets its own bytes.",
                 .why = "What handlers share needs a lock; what belongs to one request must have gone to its thread with it.",
                 .read = "man 7 pthreads",
                 .ask = "Q65, Q76"},
                {.descriptors = 128}};
    you.run(serve<Threaded<Local<Tcp>>>);
    std::vector<Peer> clients;
    for (int i = 0; i < 50; ++i)
        clients.push_back(you.connect("n" + std::to_string(i)));
    for (Peer& client : clients)
        client.sends("I am " + client.name() + "\n");
    for (Peer& client : clients) {
        client.expects("I am " + client.name() + "\n");
        client.closes();
    }
    you.keeps_serving();
}

TEST(Hostile, SurvivesHandlersThatThrow)
{
    Learner you{{.rule = "an exception in a handler ends its client, with threads and without, and is told.",
                 .why = "One that leaves a thread ends the whole process: std::terminate.",
                 .read = "Python documentation, socketserver, BaseServer.handle_error",
                 .ask = "Q110"}};
    you.run([] {
        Threaded<Local<Tcp>> server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("thrown served served ", the_story());
    });
    Peer ann = you.connect("ann");
    ann.sends("throw\n");
    ann.expects_end();
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}
