// How it ends.
#include "serving.h"

using namespace serving;

TEST(Works, StopsWhenNobodyIsThere)
{
    Learner you{
        {.rule = "stop() returns at once when nobody is there; twice is fine, and without start() too.",
         .why = "The thread that accepts sleeps in accept() or poll(). A flag wakes nobody; shutdown() on the listener does, on "
                "Linux, or an eventfd.",
         .read = "man 2 shutdown; man 2 eventfd",
         .ask = "Q67, Q89"}};
    you.run([] {
        Server server{opens_listener(), echo, 2};
        server.start();
        wait_for_the_test();
        stops_after(server, 60'000, 0ms);
        stops_after(server, 60'000, 0ms);
        Server never_started{opens_listener(), echo, 2};
        stops_after(never_started, 60'000, 0ms);
        Server never_stopped{opens_listener(), echo, 2};
        never_stopped.start();
    });
    Peer ann = you.connect("ann");
    leaves(ann);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, EndsAnIdleConversationAtOnce)
{
    Learner you{
        {.rule = "stop() does not wait for a client who says nothing: its handler sees the end of the stream at once.",
         .why =
             "shutdown() with SHUT_RD wakes recv() in another thread, and closes nothing. Who waits for the idle ones takes the "
             "whole grace at every restart.",
         .read = "man 2 shutdown, SHUT_RD",
         .ask = "Q67, Q89"},
        {.own_time = 1h}};
    you.run([] {
        Server server{opens_listener(), echo, 2};
        server.start();
        wait_for_the_test();
        stops_after(server, 60'000, 0ms);
        expects_counters(server, {0, 2, 0});
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    is_served(bob);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects_end();
    bob.expects_end();
    you.finishes();
}

TEST(Robust, EndsWhoCameAtTheLastMoment)
{
    Learner you{
        {.rule = "stop() ends the accepting first, and then all connections: also one that was accepted meanwhile.",
         .why =
             "accept() may have returned a moment ago in its thread. When that thread is over, the table is complete; who goes "
             "through it before misses one, and waits for it through the whole grace.",
         .read = "man 2 shutdown; man 3 pthread_join",
         .ask = "Q67, Q89"},
        {.own_time = 1h}};
    Peer owner = you.wire("the owner");
    you.run([&you] {
        Server server{opens_listener(), echo, 4};
        server.start();
        asks(you.fd());
        stops_after(server, 60'000, 0ms);
    });
    Peer ann = you.connect("ann");
    is_served(ann);
    you.nth(Call::shutdown, 1).pauses();
    owner.sends("stop");
    ASSERT_TRUE(you.paused());       // before it ends the listener, or the first connection
    Peer late = you.connect("late"); // let in or refused, as it likes
    you.settles();
    you.resume();
    ann.expects_end();
    you.finishes();
}

TEST(Robust, LetsAnAnswerBeFinished)
{
    Learner you{
        {.rule = "who has its request when stop() is called finishes the answer, and stop() returns as soon as that is done.",
         .why = "SHUT_RD leaves the other direction as it is; SHUT_RDWR and close() do not, and the client never gets what it "
                "asked for.",
         .read = "man 2 shutdown, SHUT_RD and SHUT_RDWR",
         .ask = "Q39, Q89"},
        {.own_time = 2h}};
    Peer database = you.wire("the database");
    you.run([&you] {
        const auto handler = [&you](int connection, const Endpoint&) {
            hears(connection);
            asks(you.fd());
            says(connection, "the answer");
        };
        Server server{opens_listener(), handler, 2};
        server.start();
        wait_for_the_test();
        stops_after(server, 3'600'000, 3'540'000ms);
    });
    Peer ann = you.connect("ann");
    ann.sends("question");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.time_passes(59min);
    database.sends(".");
    ann.expects("the answer");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, ReadsWhatHasCome)
{
    Learner you{
        {.rule = "what a client had sent before stop() is still read: only then comes the end of the stream.",
         .why = "With SHUT_RD the kernel keeps what waits in the socket. A request that has come is a request that counts.",
         .read = "man 2 shutdown; man 2 recv, RETURN VALUE",
         .ask = "Q33, Q89"}};
    Peer database = you.wire("the database");
    you.run([&you] {
        const auto handler = [&you](int connection, const Endpoint&) {
            says(connection, hears(connection) + ", ");
            asks(you.fd());
            for (std::string words; !(words = hears(connection)).empty();)
                says(connection, words);
            says(connection, ". Bye");
        };
        serves_until_resumed(handler, 2, 10'000);
    });
    Peer ann = you.connect("ann");
    ann.sends("one");
    ann.expects("one, ");
    ann.sends("two"); // the handler is elsewhere
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    database.sends(".");
    ann.expects("two. Bye");
    you.finishes();
}

TEST(Robust, TurnsNewClientsAway)
{
    Learner you{{.rule = "stop() closes the listener first: who waits in its queue is reset, who comes later is refused.",
                 .why =
                     "Both hear at once that nobody serves here, and can go elsewhere. A listener that stays open until the last "
                     "handler is done takes them in, and nobody will ever accept them.",
                 .read = "man 2 listen, NOTES; man 2 close",
                 .ask = "Q15, Q89"},
                {.own_time = 1h}};
    Peer database = you.wire("the database");
    you.run([&you] {
        const auto handler = [&you](int connection, const Endpoint&) {
            asks(you.fd());
            says(connection, "the answer");
        };
        Server server{opens_listener(), handler, 1};
        server.start();
        wait_for_the_test();
        stops_after(server, 60'000, 0ms);
        expects_counters(server, {0, 1, 0});
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob"); // he waits in the queue, and it waits for room
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    bob.expects_reset();
    Peer carol = you.connect("carol");
    carol.expects_refusal();
    database.sends(".");
    ann.expects("the answer");
    you.finishes();
}
