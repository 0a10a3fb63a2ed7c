// Those who do not end by themselves.
#include "serving.h"

using namespace serving;

namespace {

// What a handler's thread keeps for itself is destroyed when the handler has returned: the last steps of that thread.
struct Farewell {
    const Server& server;
    const int elsewhere;
    ~Farewell()
    {
        asks(elsewhere);
        server.counters();
    }
};

} // namespace

TEST(Robust, CutsOffWhoNeverReads)
{
    Learner you{
        {.rule = "a client who does not read holds stop() up for the grace, and not longer.",
         .why =
             "Its handler sleeps in send(), which SHUT_RD does not wake. SHUT_RDWR does: EPIPE. Who only joins waits for ever.",
         .read = "man 2 shutdown, SHUT_RDWR; man 2 send, EPIPE",
         .ask = "Q30, Q67, Q89"},
        {.own_time = 1h}};
    you.run([] {
        Server server{opens_listener(), sends_for_ever, 2};
        server.start();
        wait_for_the_test();
        stops_after(server, 30'000, 30'000ms);
        expects_counters(server, {0, 1, 0});
    });
    Peer ann = you.connect("ann", {.peer_receive_buffer = 4096});
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.settles();
    you.wall_clock_is_set(10min);
    you.finishes();
}

TEST(Robust, EndsAtOnceWhenItIsDestroyed)
{
    Learner you{{.rule = "a server that is destroyed while it serves is stopped with no grace.",
                 .why = "Nobody told the destructor how long the clients may take, and an exception may be on its way out.",
                 .read = "C++ standard, [class.dtor]",
                 .ask = "Q67, Q76"},
                {.own_time = 1h}};
    you.run([] {
        auto server = std::make_unique<Server>(opens_listener(), sends_for_ever, 2);
        server->start();
        wait_for_the_test();
        returns_after(0ms, "~ThreadedServer()", [&] { calls("~ThreadedServer()", [&] { server.reset(); }); });
    });
    Peer ann = you.connect("ann", {.peer_receive_buffer = 4096});
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, WaitsForWhoIsBusyElsewhere)
{
    Learner you{
        {.rule = "a handler that is busy elsewhere is waited for, also after the grace, however long it takes.",
         .why = "A thread cannot be killed, and it uses what the owner destroys after stop(). Who gives up, and lets it go, has "
                "a thread that uses freed memory.",
         .read = "man 3 pthread_join; C++ standard, [thread.thread.destr]",
         .ask = "Q67, Q76"}};
    Peer database = you.wire("the database");
    you.run([&you] {
        const auto handler = [&you](int connection, const Endpoint&) {
            says(connection, "a moment, please");
            asks(you.fd());
        };
        Server server{opens_listener(), handler, 2};
        server.start();
        wait_for_the_test();
        stops_after(server, 1000, 3'600'000ms);
        expects_counters(server, {0, 1, 0});
    });
    Peer ann = you.connect("ann");
    ann.expects("a moment, please");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.time_passes(1h);
    database.sends(".");
    you.finishes();
}

TEST(Robust, WaitsForTheLastStepsOfAThread)
{
    for (const bool has_left : {true, false}) { // by then; else stop() ends her conversation
        Learner you{
            {.rule = "stop() returns when no thread is left: not only the handlers are over, the threads are.",
             .why =
                 "What is thread_local is destroyed after the handler, and may use what the owner destroys after stop(), or ask "
                 "for the counters. Who detaches the threads and counts connections returns too early; who joins under the lock "
                 "that counters() takes waits for ever.",
             .read = "man 3 pthread_join; C++ standard, [basic.stc.thread], [thread.thread.member]",
             .ask = "Q67, Q76"},
            {.own_time = 1h}};
        Peer database = you.wire("the database");
        you.run([&you] {
            const Server* itself = nullptr;
            const auto handler = [&](int connection, const Endpoint& client) {
                thread_local const Farewell farewell{*itself, you.fd()};
                echo(connection, client);
            };
            Server server{opens_listener(), handler, 1};
            itself = &server;
            server.start();
            wait_for_the_test();
            stops_after(server, 60'000, 1000ms);
            expects_counters(server, {0, 1, 0});
        });
        Peer ann = you.connect("ann");
        is_served(ann);
        if (has_left)
            leaves(ann);
        you.settles();
        ASSERT_TRUE(you.paused());
        you.resume();
        you.time_passes(1s);
        database.sends(".");
        you.finishes();
    }
}

TEST(Hostile, StopsInTimeWithAllKindsAtOnce)
{
    Learner you{{.rule = "one idle, one at work, one who never reads, one in the queue: stop() returns at the end of its grace.",
                 .why = "Each sleeps in another place, and each place has its own way to be woken. The grace is one for all of "
                        "them, not one "
                        "for each.",
                 .read = "man 2 shutdown; man 3 pthread_cond_clockwait",
                 .ask = "Q67, Q89"},
                {.own_time = 1h}};
    Peer database = you.wire("the database");
    const std::string much = pattern(1 << 20); // made here: to make it takes so long that the learner's time would pass
    you.run([&] {
        const auto handler = [&](int connection, const Endpoint&) {
            const std::string wish = hears(connection);
            if (wish == "work")
                asks(you.fd());
            while (wish == "all" && ::send(connection, much.data(), much.size(), MSG_NOSIGNAL) > 0) {
            }
            says(connection, "bye");
        };
        Server server{opens_listener(), handler, 4};
        server.start();
        wait_for_the_test();
        stops_after(server, 5000, 5000ms);
        expects_counters(server, {0, 4, 0});
    });
    Peer idle = you.connect("idle"), busy = you.connect("busy");
    Peer stuck = you.connect("stuck", {.peer_receive_buffer = 4096}),
         stuck_too = you.connect("stuck too", {.peer_receive_buffer = 4096});
    Peer late = you.connect("late");
    busy.sends("work");
    stuck.sends("all");
    stuck_too.sends("all");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    idle.expects("bye");
    late.expects_reset();
    you.time_passes(3s); // his end does not give the others more time
    database.sends(".");
    busy.expects("bye");
    you.finishes();
}
