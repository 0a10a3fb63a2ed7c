// A thread for each request.
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

TEST(Robust, WaitsForItsThreadsWhenItCloses)
{
    Learner you{{.rule = "shutdown() waits for the loop alone; server_close() waits until the last request is served.",
                 .why =
                     "A thread that is left alone goes on with a server that is gone: its handlers, its log, its memory. And a "
                     "list of threads that is static is one for all servers.",
                 .read = "man 3 pthread_join; Python documentation, socketserver, ThreadingMixIn.block_on_close",
                 .ask = "Q76, Q89"}};
    you.run([] {
        Threaded<Local<Tcp>> server;
        serve_until_resumed(server, [&] {
            server.shutdown();
            Threaded<Local<Udp, EchoDatagram>>{}.server_close(); // it has no threads, whatever others have
            tell("stopped");
            wait_for_the_test();
            server.server_close();
            tell("closed");
        });
        EXPECT_EQ("stopped served closed ", the_story());
    });
    Peer ann = you.connect("ann");
    is_served(ann);
    ASSERT_TRUE(you.paused());
    you.resume();
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
            wait_for_the_test();
            server.server_close();
        });
        EXPECT_EQ("", the_story());
    });
    UdpPeer ann = you.udp("ann");
    ann.sends("late");
    ann.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.settles();
    bob.sends(".");
    ann.expects("late");
    you.finishes();
}

TEST(Robust, ClosesItsSocket)
{
    Learner you{{.rule = "server_close() closes the socket, and may be called twice.",
                 .why = "The server may live on for long, and with its socket the port would stay taken and clients would wait.",
                 .read = "man 2 close; Python documentation, socketserver, BaseServer.server_close",
                 .ask = "Q71, Q89"}};
    you.run([] {
        Local<Open> server;
        const int fd = server.fileno();
        server.server_close();
        expects_closed(fd, "after server_close()");
        server.server_close();
    });
    you.finishes();
}

TEST(Robust, GivesThreadsBack)
{
    static constexpr long clients = 40;
    Learner you{{.rule = "a thread that has ended is joined while the server runs, not when it closes.",
                 .why =
                     "Until then it keeps its stack. A server that collects them for its end runs out of memory in between, and "
                     "so does one that joins them in their order: ann came first, and stays.",
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
    Peer ann = you.connect("ann");
    is_served(ann);
    for (long i = 0; i < clients; ++i) {
        Peer client = you.connect("n" + std::to_string(i));
        client.finishes_writing();
        client.expects_end();
    }
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.closes();
    you.finishes();
}

TEST(Robust, SurvivesALackOfThreads)
{
    Learner you{{.rule = "when no thread can be started (EAGAIN) that request is lost, and told; the server goes on.",
                 .why = "pthread_create() fails when there are too many threads. Such a thread cannot be joined, and its client "
                        "has nobody who would close the connection.",
                 .read = "man 3 pthread_create, ERRORS",
                 .ask = "Q21, Q65"}};
    you.nth(Call::pthread_create, 2).fails(EAGAIN); // the first is the test's own
    you.run([] {
        {
            Threaded<Local<Tcp>> server;
            told_or_done([&] { serve_until_resumed(server, [&] { server.shutdown(); }); }); // only there can it fail
        }
        EXPECT_EQ("EAGAIN served ", the_story());
    });
    Peer ann = you.connect("ann");
    ann.expects_end();
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SurvivesAThreadThatThrows)
{
    struct Clumsy : Local<Tcp> {
        int visitors = 0;
        void finish_request(kata::Incoming request) override
        {
            if (++visitors == 1)
                throw "finish";
            Local<Tcp>::finish_request(std::move(request));
        }
    };
    Learner you{{.rule = "what finish_request() throws in its thread goes to handle_error().",
                 .why = "An exception that leaves a thread ends the whole process: std::terminate.",
                 .read = "C++ standard, [thread.thread.constr]; Python documentation, socketserver, BaseServer.handle_error",
                 .ask = "Q72, Q110"}};
    you.run([] {
        {
            Threaded<Clumsy> server;
            serve_until_resumed(server, [&] { server.shutdown(); });
        }
        EXPECT_EQ("finish served ", the_story());
    });
    Peer ann = you.connect("ann");
    ann.expects_end();
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Hostile, ServesFiftyAtOnce)
{
    Learner you{{.rule = "fifty clients at once are fifty threads, and each client gets its own bytes.",
                 .why = "What handlers share needs a lock; what belongs to one request must have gone to its thread with it.",
                 .read = "man 7 pthreads",
                 .ask = "Q65, Q76"},
                {.deadline = 6000ms, .descriptors = 128}};
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
