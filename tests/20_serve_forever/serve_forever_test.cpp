// The loop, and how it is stopped.
#include "handlers.h"

#include <fcntl.h>

using namespace handlers;

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

TEST(Works, SaysItsRealAddress)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "server_address is where the server can be found: port 0 in, the real port out.",
                     .why = "The kernel chose the port. Nobody but the server can ask which one it is.",
                     .read = "man 2 getsockname; Python documentation, socketserver, BaseServer.server_address",
                     .ask = "Q7, Q109"}};
        you.run([where = (ip == "::1" ? "[::1]" : std::string{ip}) + ":0"] {
            Local<Open> server{where};
            ASSERT_TRUE(server.server_address.size != 0) << "server_address is empty";
            EXPECT_EQ(to_string(kata::local_endpoint(server.fileno())), to_string(server.server_address));
            expects_one(server, -1);
        });
        serves_another(you);
        you.finishes();
    });
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

TEST(Robust, ServesAtOnceWhateverTheInterval)
{
    Learner you{{.rule = "a request is served when it comes: the poll interval is for shutdown() alone.",
                 .why = "Who sleeps for a fixed time lets each client wait for the end of it. poll() ends when one comes.",
                 .read = "man 2 poll; Python documentation, socketserver, BaseServer.serve_forever",
                 .ask = "Q87, Q111"}};
    you.run([] { Local<Tcp>{}.serve_forever(3'600'000); });
    serves_another(you);
    you.keeps_serving();
}

TEST(Robust, SleepsWhileNobodyComes)
{
    Learner you{{.rule = "while nobody comes the loop wakes up once in its poll interval at most.",
                 .why =
                     "Two looks a second, in each of a thousand idle servers, keep a machine awake that has nothing to do. The "
                     "interval is the caller's word for how often is often enough; an eventfd needs none.",
                 .read = "man 2 poll; man 2 eventfd; Python documentation, socketserver, BaseServer.serve_forever",
                 .ask = "Q87, Q111"},
                {.own_time = std::chrono::hours{1}, .idle_calls = 0}};
    you.run([] { Local<Tcp>{}.serve_forever(60'000); });
    you.time_passes(5min);
    const int looks = you.waits_in_vain();
    expects(looks <= 5, "with an interval of a minute, 5 idle minutes are 5 looks at most",
            "there were " + std::to_string(looks));
    serves_another(you);
    you.keeps_serving();
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

TEST(Robust, KeepsItsDescriptorsToItself)
{
    struct Checked : Local<Tcp> {
        bool verify_request(const kata::Request&) override // while the loop has all that it needs
        {
            for (int fd = 3; fd < 64; ++fd)
                if (::fcntl(fd, F_GETFD) >= 0)
                    expects_closed_on_exec(fd);
            return true;
        }
    };
    Learner you{
        {.rule = "a program that a handler starts inherits none of the server's descriptors.",
         .why = "A fork() and exec() of any thread hands on what is not close-on-exec: also what only wakes the loop. Such a "
                "program could end the loop, and keeps one more descriptor for each of its children.",
         .read = "man 2 eventfd, EFD_CLOEXEC; man 2 fcntl, FD_CLOEXEC",
         .ask = "Q8, Q109"}};
    you.run([] {
        Checked server;
        serve_until_resumed(server, [&] { server.shutdown(); });
    });
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, ServesForTwoServersAtOnce)
{
    struct Held : Local<Tcp> {
        std::string visitor{};
        bool verify_request(const kata::Request& request) override
        {
            visitor = kata::to_string(request.client_address);
            Local<Udp, EchoDatagram> other; // it serves bob, from the first to the last step
            const kata::UniqueFd bob = kata::open_socket(AF_INET, SOCK_DGRAM);
            EXPECT_EQ(0, ::connect(bob.get(), other.server_address.address(), other.server_address.size));
            EXPECT_EQ(5, ::send(bob.get(), "hello", 5, 0));
            std::thread{[&] { expects_one(other, -1); }}.join();
            EXPECT_EQ(visitor, kata::to_string(request.client_address)) << "the client of this request, a moment later";
            return true;
        }
        void handle_error(const kata::Endpoint& client, std::exception_ptr error) noexcept override
        {
            EXPECT_EQ(visitor, kata::to_string(client)) << "the client whose handler threw";
            Local<Tcp>::handle_error(client, error);
        }
    };
    Learner you{{.rule = "two servers in two threads see nothing of each other's requests and clients.",
                 .why = "The first one holds ann's request while the other serves bob. What is static is one for both: her "
                        "connection closes when his datagram takes its place.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q76, Q109"}};
    you.run([] {
        Held server;
        expects_one(server, -1);
        EXPECT_EQ("thrown served ", the_story());
    });
    Peer ann = you.connect("ann");
    ann.sends("throw\n");
    ann.expects_end();
    you.finishes();
}
