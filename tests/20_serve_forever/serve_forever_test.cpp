#include "handlers.h"

using namespace handlers;

namespace {

void expects_one(auto& server, int limit_ms, int line = __builtin_LINE())
{
    const std::string call = "handle_request(" + std::to_string(limit_ms) + ")";
    expects(server.handle_request(limit_ms), call + " says that it served one", "it says that nobody came", __FILE__, line);
}

void expects_none(auto& server, int limit_ms, int line = __builtin_LINE())
{
    const std::string call = "handle_request(" + std::to_string(limit_ms) + ")";
    expects(!server.handle_request(limit_ms), call + " says that nobody came", "it says that it served one", __FILE__, line);
}

} // namespace

TEST(Works, ServesOneRequestAfterAnother)
{
    Learner you{{.rule = "a server without threads serves one client to the end, and then the next.",
                 .why = "The handler runs on the thread of the loop. Who comes meanwhile is connected, and waits in the queue.",
                 .read = "Python documentation, socketserver, introduction",
                 .ask = "Q52, Q109"}};
    you.run(serve<Local<Tcp>>);
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    is_served(ann);
    bob.sends("and me?\n");
    bob.expects_silence();
    ann.finishes_writing();
    ann.expects_end();
    bob.expects("and me?\n");
    bob.closes();
    you.keeps_serving();
}

TEST(Works, ServesDatagrams)
{
    Learner you{{.rule = "the same loop serves UDP: a request is a datagram.",
                 .why = "Readable means here that a datagram has come. There is no connection to close or to wait for.",
                 .read = "man 7 udp; Python documentation, socketserver, UDPServer",
                 .ask = "Q92, Q109"}};
    you.run(serve<Local<Udp, EchoDatagram>>);
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    ann.sends(pattern(2000));
    ann.expects(pattern(2000));
    bob.sends("me too");
    bob.expects("me too");
    you.keeps_serving();
}

TEST(Works, StopsWhenToldTo)
{
    Learner you{{.rule = "shutdown() returns when the loop has ended: the request in work is finished. Then it may begin again.",
                 .why = "Whoever calls shutdown() will take things away next that the loop still uses.",
                 .read = "man 2 eventfd; Python documentation, socketserver, BaseServer.shutdown",
                 .ask = "Q87, Q89, Q111"}};
    you.run([] {
        Local<Tcp> server;
        const auto stop = [&] {
            server.shutdown();
            tell("stopped");
        };
        serve_until_resumed(server, stop);
        serve_until_resumed(server, stop);
        EXPECT_EQ("served stopped served stopped ", the_story());
    });
    Peer ann = you.connect("ann");
    is_served(ann);
    ASSERT_TRUE(you.paused());
    you.resume();
    is_served(ann, "go on\n"); // the other thread waits in shutdown()
    ann.finishes_writing();
    ann.expects_end();
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Works, HandlesOneRequest)
{
    Learner you{{.rule = "handle_request() serves one request, or tells that none came in time.",
                 .why = "accept() sleeps until somebody comes, however long. poll() has a time limit.",
                 .read = "man 2 poll; Python documentation, socketserver, BaseServer.handle_request",
                 .ask = "Q55, Q109"}};
    you.run([] {
        Local<Tcp> server;
        wait_for_the_test();
        expects_one(server, -1);
        wait_for_the_test();
        expects_one(server, 2000);
        expects_none(server, 10);
        expects_none(server, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    for (Peer* client : {&ann, &bob}) {
        client->sends("hello\n");
        client->finishes_writing();
    }
    you.resume();
    ann.expects("hello\n");
    bob.expects_silence();
    you.resume();
    bob.expects("hello\n");
    you.finishes();
}

TEST(Robust, KeepsTheTimeThroughSignals)
{
    Learner you{{.rule = "a signal does not start the time limit again.",
                 .why = "poll() with the whole limit after each EINTR never ends where signals come often: give it what is left.",
                 .read = "man 2 poll, ERRORS; man 7 signal",
                 .ask = "Q58, Q88"}};
    you.every(Family::waiting).is_delayed(1ms); // so that they are no busy loop
    you.every(Family::waiting).fails(EINTR);
    you.run([] {
        Local<Tcp> server;
        expects_none(server, 20);
    });
    you.finishes();
}

TEST(Robust, WaitsOnAfterASignal)
{
    Learner you{{.rule = "a signal is nobody's request, and no reason to say that none came: wait for the rest of the time.",
                 .why = "poll() says -1 with EINTR. That is not the 0 that says that the time is over.",
                 .read = "man 2 poll, RETURN VALUE and ERRORS",
                 .ask = "Q58, Q88"}};
    you.nth(Family::waiting, 1).fails(EINTR);
    you.run([] {
        Local<Tcp> server;
        expects_one(server, -1);
    });
    serves_another(you);
    you.finishes();
}

TEST(Robust, CarriesOnAfterSignalsAndDeadConnections)
{
    Learner you{{.rule = "a signal, or a client that was gone before you took it, does not end the loop.",
                 .why = "poll() says EINTR, or that the socket can be read, and then nobody is there.",
                 .read = "man 2 poll, ERRORS; man 2 accept, \"Error handling\" and NOTES",
                 .ask = "Q22, Q88"}};
    you.nth(Family::waiting, 1).fails(EINTR);
    you.nth(Family::accepting, 1).fails(EAGAIN);
    you.nth(Family::accepting, 2).fails(ECONNABORTED);
    you.run(serve<Local<Tcp>>);
    serves_another(you);
    you.keeps_serving();
}

TEST(Robust, HearsAShutdownThatComesFirst)
{
    Learner you{{.rule = "a shutdown() before the loop begins returns at once, and the loop ends at once; the next one serves.",
                 .why =
                     "A thread that shall run the loop may not have come so far. If the loop clears the request when it begins, "
                     "it runs for ever; if shutdown() waits for its end, nobody wakes it.",
                 .read = "man 2 eventfd",
                 .ask = "Q111"}};
    you.run([] {
        Local<Tcp> server;
        server.shutdown();
        server.serve_forever(5);
        serve_until_resumed(server, [&] { server.shutdown(); });
    });
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

namespace {

kata::BaseServer* the_server = nullptr;

struct Stops : Echo {
    using Echo::Echo;
    void handle() override
    {
        write(error_of([] { the_server->shutdown(); }) + '\n');
    }
};
template <class Server>
void is_stopped_by_a_handler()
{
    Server server;
    the_server = &server;
    server.serve_forever(5);
}

} // namespace

TEST(Robust, RefusesToWaitForItself)
{
    Learner you{{.rule = "shutdown() on the thread that runs the loop fails with EDEADLK, and the loop goes on.",
                 .why =
                     "The loop cannot end while it is inside a handler, and the handler would wait for the loop to end. Python "
                     "hangs there without a word.",
                 .read = "CPython, Lib/socketserver.py, BaseServer.shutdown",
                 .ask = "Q111"}};
    you.run(is_stopped_by_a_handler<Local<Tcp, Stops>>);
    for (const char* name : {"ann", "bob"}) {
        Peer client = you.connect(name);
        client.expects("EDEADLK\n");
        client.closes();
    }
    you.keeps_serving();
}

TEST(Robust, IsStoppedByAHandlerInAnotherThread)
{
    Learner you{
        {.rule = "a handler in a thread of its own may stop the loop, and wait for that.",
         .why = "The question is which thread calls, not from where: here two threads are there, and neither waits for itself.",
         .read = "CPython, Lib/socketserver.py, BaseServer.shutdown",
         .ask = "Q111"}};
    you.run(is_stopped_by_a_handler<Threaded<Local<Tcp, Stops>>>);
    Peer ann = you.connect("ann");
    ann.expects("no error\n");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, EndsAlsoWhenItFails)
{
    struct Broken : Local<Tcp> {
        std::optional<kata::Incoming> get_request() override
        {
            throw std::system_error{EBADF, std::generic_category(), "accept"};
        }
    };
    Learner you{
        {.rule = "what get_request() throws ends the loop, unless it is a shortage; and shutdown() does not wait for it then.",
         .why = "EBADF stays: who goes on serves nobody, for ever. And what only stands behind the loop is skipped by an "
                "exception. A destructor is not.",
         .read = "man 2 accept, ERRORS",
         .ask = "Q111"}};
    you.run([] {
        Broken server;
        EXPECT_EQ("EBADF", error_of([&] { server.serve_forever(5); }));
        server.shutdown();
    });
    Peer ann = you.connect("ann");
    you.finishes();
}
