// A request that goes wrong ends itself at most, and a shortage ends nothing.
#include "handlers.h"

#include <unistd.h>

using namespace handlers;

TEST(Robust, DropsWhatItRejects)
{
    struct Picky : Local<Tcp> {
        int visitors = 0;
        bool verify_request(const kata::Request&) override
        {
            if (++visitors == 2)
                throw "verify";
            if (visitors == 3) // of its own files: no shortage of the loop's
                throw std::system_error{EMFILE, std::generic_category(), "open"};
            return visitors > 3;
        }
    };
    Learner you{
        {.rule = "a client that verify_request() rejects is closed, and so is one at which it throws; the loop goes on.",
         .why = "Nobody else will close it: its client waits for ever, and one descriptor after another is lost. An EMFILE that "
                "is thrown once the client is there belongs to that client, and is no shortage of the loop's.",
         .read = "man 2 close; Python documentation, socketserver, BaseServer.verify_request",
         .ask = "Q46, Q110"}};
    you.run([] {
        Picky server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("verify EMFILE served ", the_story());
    });
    for (const char* name : {"ann", "eve", "mallory"}) {
        Peer client = you.connect(name);
        client.expects_end();
    }
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, ShowsTheRequestToVerify)
{
    struct Guarded : Local<Udp, EchoDatagram> {
        bool verify_request(const kata::Request& request) override
        {
            EXPECT_EQ(fileno(), request.socket) << "request.socket of a datagram is the server's socket";
            EXPECT_NE(0u, request.client_address.size) << "request.client_address is empty";
            return text(request.packet) == "open sesame";
        }
    };
    Learner you{
        {.rule = "verify_request() decides by the whole request: the client's address, and the datagram.",
         .why = "A datagram is here already when it is judged. What is moved on to its handler first cannot be looked at.",
         .read = "Python documentation, socketserver, BaseServer.verify_request",
         .ask = "Q110"}};
    you.run(serve<Guarded>);
    UdpPeer ann = you.udp("ann");
    ann.sends("let me in");
    ann.expects_silence();
    ann.sends("open sesame");
    ann.expects("open sesame");
    you.keeps_serving();
}

TEST(Robust, ShowsTheConnectionToVerify)
{
    struct Guarded : Local<Tcp> {
        bool verify_request(const kata::Request& request) override
        {
            EXPECT_NE(fileno(), request.socket) << "request.socket of a TCP client is the connection, not the listener";
            return true;
        }
    };
    Learner you{{.rule = "verify_request() sees the client's connection, also where that is descriptor 0.",
                 .why = "accept gives the lowest free number. The test closed standard input before, as daemons do.",
                 .read = "man 2 accept, RETURN VALUE",
                 .ask = "Q8, Q110"}};
    you.run([] {
        Guarded server;
        ::close(0);
        expects_one(server, -1);
    });
    serves_another(you);
    you.finishes();
}

TEST(Robust, SurvivesAShortage)
{
    constexpr int shortages[] = {EMFILE, ENFILE, ENOBUFS, ENOMEM};
    Learner you{
        {.rule = "a shortage in accept() (EMFILE, ENFILE, ENOBUFS, ENOMEM) is told, and the client is served a moment later.",
         .why = "The client stays in the queue, and sooner or later somebody closes something.",
         .read = "man 2 accept, ERRORS",
         .ask = "Q21"}};
    for (std::uint32_t n = 1; const int error : shortages)
        you.nth(Family::accepting, n++).fails(error);
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("server: EMFILE server: ENFILE server: ENOBUFS server: ENOMEM served ", the_story());
    });
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SleepsDuringAShortage)
{
    Learner you{
        {.rule = "while nobody can be accepted the loop sleeps between two tries, and hears a shutdown() as early as ever.",
         .why = "The client stays in the queue, so poll() says \"readable\" at once, again and again: a busy loop, just when "
                "the machine is short of everything. And in a plain sleep nobody hears anything, be the interval 10 ms.",
         .read = "man 2 accept, ERRORS; man 2 poll; man 2 eventfd",
         .ask = "Q21, Q87"}};
    you.every(Family::accepting).fails(EMFILE);
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(
            server, [&] { stops_within(10ms, server); }, 10);
    });
    Peer ann = you.connect("ann");
    ann.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, PausesForAMoment)
{
    struct Watched : Local<Tcp> {
        std::vector<std::chrono::steady_clock::time_point> tries{};
        std::optional<kata::Incoming> get_request() override
        {
            tries.push_back(std::chrono::steady_clock::now());
            return Local<Tcp>::get_request();
        }
    };
    constexpr Lesson lesson{
        .rule = "during a shortage the loop tries again after a moment, of at most 100 ms, however long it lasts.",
        .why =
            "A descriptor may be free at once. Those who wait cannot tell a server that sleeps from one that hangs. And a pause "
            "that begins again with each signal never ends, where a timer sends one each 10 ms.",
        .read = "man 2 accept, ERRORS; man 2 poll, EINTR",
        .ask = "Q21, Q88"};
    for (const bool is_interrupted : {false, true}) {
        Learner you{lesson, {.own_time = std::chrono::minutes{1}}};
        you.first(Family::accepting, 9).fails(EMFILE);
        you.run([] {
            Watched server;
            serve_until_resumed(server, [&] { server.shutdown(); });
            for (std::size_t i = 1; i < 10; ++i) {
                const auto pause = std::chrono::ceil<std::chrono::milliseconds>(server.tries.at(i) - server.tries.at(i - 1));
                expects(pause <= 101ms, "the next try comes after at most 100 ms",
                        "try " + std::to_string(i + 1) + " came after " + in_ms(pause));
            }
        });
        Peer ann = you.connect("ann");
        for (int i = 0; is_interrupted && i < 11; ++i) {
            you.time_passes(10ms);
            you.gets_signal(SIGUSR1);
        }
        ann.closes();
        serves_another(you);
        ASSERT_TRUE(you.paused());
        you.finishes();
        if (HasFailure())
            return;
    }
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
