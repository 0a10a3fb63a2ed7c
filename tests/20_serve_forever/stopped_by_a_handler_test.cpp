// shutdown() from inside a handler: of this server, on which thread, or of another server.
#include "handlers.h"

using namespace handlers;

namespace {

kata::BaseServer* the_server = nullptr;

struct Stops : Echo {
    using Echo::Echo;
    void handle() override
    {
        write(error_of([] { the_server->shutdown(); }) + '\n');
    }
};
struct StopsAfterAnotherLoop : Stops {
    using Stops::Stops;
    void handle() override
    {
        Local<Udp, EchoDatagram> other;
        other.shutdown(); // so that its loop ends at once
        other.serve_forever(5);
        Stops::handle();
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

TEST(Robust, RefusesAlsoAfterALoopInsideOfIt)
{
    Learner you{{.rule = "a handler may run the loop of another server to its end: the thread still runs the loop around it.",
                 .why =
                     "One place that says which loop a thread runs, thread_local or not, is overwritten by the inner loop, and "
                     "empty when that has ended. Then the thread waits for itself. Which thread runs it, each server knows.",
                 .read = "CPython, Lib/socketserver.py, BaseServer.shutdown",
                 .ask = "Q76, Q111"}};
    you.run(is_stopped_by_a_handler<Local<Tcp, StopsAfterAnotherLoop>>);
    Peer ann = you.connect("ann");
    ann.expects("EDEADLK\n");
    ann.closes();
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

TEST(Robust, IsStoppedByAHandlerOfAnotherServer)
{
    Learner you{
        {.rule = "each server has its own loop: a handler of one may stop another one, and goes on itself.",
         .why = "\"This thread runs a loop\" is not enough: it does not run the loop that it asks to end. What is static, or "
                "thread_local, belongs to both servers.",
         .read = "CPython, Lib/socketserver.py, BaseServer.shutdown",
         .ask = "Q76, Q111"}};
    you.run([]() noexcept {
        Local<Udp, EchoDatagram> other;
        the_server = &other;
        const std::jthread its_loop{[&] { other.serve_forever(5); }};
        Local<Tcp, Stops> server;
        serve_until_resumed(server, [&] { server.shutdown(); });
    });
    for (const char* name : {"ann", "bob"}) {
        Peer client = you.connect(name);
        client.expects("no error\n");
        client.closes();
    }
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, IsNoLoopInHandleRequest)
{
    Learner you{{.rule = "handle_request() is no loop: shutdown() in its handler returns at once, and ends the next loop: the "
                         "next handle_request() serves.",
                 .why = "Nobody would wait for itself here. EDEADLK is for the thread of a loop.",
                 .read = "CPython, Lib/socketserver.py, BaseServer.handle_request",
                 .ask = "Q111"}};
    you.run([] {
        Local<Tcp, Stops> server;
        the_server = &server;
        expects_one(server, -1);
        expects_one(server, -1); // the request to end is not for this one
        server.serve_forever(5);
    });
    for (const char* name : {"ann", "bob"}) {
        Peer client = you.connect(name);
        client.expects("no error\n");
        client.closes();
    }
    you.finishes();
}
