#include "serving.h"

#include <fcntl.h>
#include <thread>

using namespace serving;

TEST(Works, ServesManyAtOnce)
{
    Learner you{{.rule = "each client has a thread of its own: one that is silent holds up nobody else.",
                 .why = "Its handler sleeps in recv(). Another thread accepts, and others serve.",
                 .read = "man 7 pthreads; man 2 accept",
                 .ask = "Q53, Q65"}};
    you.run([] { serves_until_resumed(echo, 3); });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    is_served(bob); // ann says nothing
    is_served(ann);
    is_served(bob, "still there?");
    leaves(bob);
    leaves(ann);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Works, KnowsItsClient)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "the handler gets the client's address, and a socket that blocks and that no program inherits.",
                     .why = "accept() writes the address. What is handed to the thread must be its own copy: the variable of the "
                            "loop belongs to the next client by the time the thread looks.",
                     .read = "man 2 accept, DESCRIPTION",
                     .ask = "Q9, Q76"}};
        you.run([ip] {
            Server server{opens_listener(ip),
                          [](int connection, const Endpoint& client) {
                              hears(connection); // the next client is there by now
                              says(connection, kata::to_string(client));
                              expects_closed_on_exec(connection);
                              EXPECT_EQ(0, ::fcntl(connection, F_GETFL) & O_NONBLOCK) << "the connection does not block";
                          },
                          4};
            server.start();
            wait_for_the_test();
            stops(server, 0);
        });
        Peer ann = you.connect("ann"), bob = you.connect("bob");
        const std::string host{ip == "::1" ? "[::1]:" : "127.0.0.1:"};
        for (Peer* client : {&ann, &bob}) {
            client->sends("who am I?");
            client->expects(host + std::to_string(client->port()));
            client->expects_end();
        }
        you.settles();
        ASSERT_TRUE(you.paused());
        you.finishes();
    });
}

TEST(Works, BeginsWithStart)
{
    Learner you{
        {.rule = "nobody is accepted before start(), and start() returns at once; a listener that does not block is fine.",
         .why = "The owner may have more to do before and after. Who comes early waits in the queue.",
         .read = "man 2 listen, NOTES; man 2 accept, ERRORS, EAGAIN",
         .ask = "Q11, Q18"}};
    you.run([] {
        kata::UniqueFd listener = opens_listener();
        ::fcntl(listener.get(), F_SETFL, O_NONBLOCK);
        Server server{std::move(listener), echo, 2};
        wait_for_the_test();
        calls("start()", [&] { server.start(); });
        wait_for_the_test();
        stops(server, 0);
    });
    Peer ann = you.connect("ann");
    ann.sends("early");
    ann.expects_silence();
    EXPECT_EQ(0, accepted(you)) << "somebody was accepted before start()";
    you.resume();
    ann.expects("early");
    leaves(ann);
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, LeavesACopyAlone)
{
    Learner you{{.rule = "when a handler is done, its connection is closed, and not shut down: a copy of it lives on.",
                 .why = "A handler may have passed the client on, to another process or to a thread that writes its answer. "
                        "shutdown() acts on the connection, whoever has a descriptor of it; close() on your descriptor alone.",
                 .read = "man 2 shutdown; man 2 close; man 2 dup",
                 .ask = "Q39, Q71"}};
    you.run([] {
        kata::UniqueFd copy;
        const auto passes_on = [&copy](int connection, const Endpoint&) { copy.reset(::fcntl(connection, F_DUPFD_CLOEXEC, 0)); };
        Server server{opens_listener(), passes_on, 2};
        server.start();
        wait_for_the_test();
        stops(server, 0);
        expects_to_hear(copy.get(), "are you there?");
        says(copy.get(), "somewhere else");
    });
    Peer ann = you.connect("ann");
    ann.sends("are you there?");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects("somewhere else");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, BeginsAtTheSecondTry)
{
    Learner you{{.rule = "start() that has thrown may be called again, and then serves; and stop() is fine without that.",
                 .why = "EAGAIN of pthread_create() passes. What start() notes before it has a thread is not true yet: who waits "
                        "for that thread in stop() waits for nobody.",
                 .read = "man 3 pthread_create, ERRORS",
                 .ask = "Q65"}};
    for (const std::uint32_t n : {1u, 2u})
        you.nth(Call::pthread_create, n).fails(EAGAIN);
    you.run([] {
        {
            Server unlucky{opens_listener(), echo, 2};
            EXPECT_EQ("EAGAIN", error_of([&] { told_or_done([&] { unlucky.start(); }); }));
            stops_after(unlucky, 60'000, 0ms);
        }
        Server server{opens_listener(), echo, 2};
        EXPECT_EQ("EAGAIN", error_of([&] { told_or_done([&] { server.start(); }); }));
        server.start();
        wait_for_the_test();
        stops(server, 0);
    });
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, ClosesTheListenerWithoutStart)
{
    Learner you{
        {.rule = "stop() without start() closes the listener, too: who waits in its queue is reset.",
         .why =
             "The kernel takes clients in from listen() on. It resets them when the last descriptor of the listener is closed.",
         .read = "man 2 listen, NOTES; man 2 close",
         .ask = "Q11, Q15"}};
    you.run([] {
        Server server{opens_listener(), echo, 2};
        wait_for_the_test();
        stops_after(server, 60'000, 0ms);
        wait_for_the_test();
    });
    Peer ann = you.connect("ann");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects_reset();
    you.finishes();
}

TEST(Works, Counts)
{
    Learner you{{.rule = "counters() tells how many are being served, how many were, and how many failed.",
                 .why = "The thread that serves counts at its end, whatever way that comes.",
                 .read = "C++ standard, [intro.races]",
                 .ask = "Q76"}};
    you.run([] {
        Server server{opens_listener(), echo, 4};
        expects_counters(server, {0, 0, 0});
        server.start();
        wait_for_the_test();
        const Server other{opens_listener(), echo, 4};
        expects_counters(other, {0, 0, 0});
        expects_counters(server, {2, 1, 1});
        stops(server, 0);
        expects_counters(server, {0, 3, 1});
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect("eve");
    eve.sends("throw");
    eve.expects_end();
    Peer carol = you.connect("carol");
    leaves(ann);
    is_served(carol);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, CountsForAHandlerToo)
{
    Learner you{
        {.rule = "a handler may ask for the counters, and others may while a handler is at work.",
         .why = "Who holds the lock while a handler runs waits for himself here, and everybody waits for the slowest client.",
         .read = "man 3 pthread_mutex_lock, DESCRIPTION",
         .ask = "Q76"}};
    you.run([] {
        const Server* itself = nullptr;
        Server server{opens_listener(),
                      [&itself](int connection, const Endpoint& client) {
                          says(connection, in_words(itself->counters()));
                          echo(connection, client);
                      },
                      2};
        itself = &server;
        server.start();
        wait_for_the_test();
        expects_counters(server, {2, 0, 0});
        stops(server, 0);
    });
    Peer ann = you.connect("ann");
    ann.expects("1 active, 0 served, 0 failed");
    Peer bob = you.connect("bob");
    bob.expects("2 active, 0 served, 0 failed");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}
