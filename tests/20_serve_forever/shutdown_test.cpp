// shutdown(): when it may come, from whom, and what it waits for.
#include "handlers.h"

using namespace handlers;

TEST(Robust, HearsAShutdownThatComesFirst)
{
    Learner you{
        {.rule = "a shutdown() before the loop begins returns at once, and the loop ends at once, whoever waits; the next "
                 "one serves.",
         .why = "A thread that shall run the loop may not have come so far. If the loop clears the request when it begins, "
                "it runs for ever; if shutdown() waits for its end, nobody wakes it.",
         .read = "man 2 eventfd",
         .ask = "Q111"}};
    you.run([] {
        Local<Tcp> server;
        wait_for_the_test(); // until ann waits in the queue
        server.shutdown();
        server.serve_forever(5);
        tell("ended");
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("ended served ", the_story());
    });
    Peer ann = you.connect("ann");
    ann.sends("hello\n");
    ann.finishes_writing();
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects("hello\n");
    ann.expects_end();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, TakesTwoEarlyShutdownsForOne)
{
    Learner you{
        {.rule = "two early shutdown()s are one: the next loop ends at once, and the one after that serves.",
         .why = "They ask for the same: that the loop shall not run. One that has ended has done what both of them asked.",
         .read = "man 2 eventfd",
         .ask = "Q111"}};
    you.run([] {
        Local<Tcp> server;
        server.shutdown();
        server.shutdown();
        server.serve_forever(5);
        serve_until_resumed(server, [&] { server.shutdown(); });
    });
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, HearsAShutdownInTime)
{
    constexpr Lesson lesson{
        .rule = "the loop hears of a shutdown() after the poll interval at the latest, also between signals.",
        .why = "Somebody waits for that, with a time in mind. An eventfd wakes poll() at once. Whoever looks at a "
               "flag, and begins the interval again after each EINTR, may never come to look.",
        .read = "man 2 eventfd; Python documentation, socketserver, BaseServer.serve_forever; man 7 signal",
        .ask = "Q87, Q88, Q111"};
    for (const int signals : {0, 3}) {
        Learner you{lesson};
        you.run([] {
            Local<Tcp> server;
            serve_until_resumed(
                server, [&] { stops_within(300ms, server); }, 300);
        });
        ASSERT_TRUE(you.paused());
        you.settles(); // the loop has begun: before that a shutdown() returns at once
        you.resume();
        for (int i = 0; i < signals; ++i) {
            you.time_passes(200ms);
            static_cast<void>(you.interrupts(Family::waiting)); // unless it has ended by then, and well it may
        }
        you.finishes();
    }
}

TEST(Robust, LeavesThoseWhoWait)
{
    Learner you{{.rule = "after a shutdown() the loop finishes its request, and takes no other: who waits is left in the queue.",
                 .why = "Under load somebody waits always. A loop that first serves them all never ends.",
                 .read = "man 2 poll; Python documentation, socketserver, BaseServer.shutdown",
                 .ask = "Q87, Q111"}};
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        wait_for_the_test();
        expects_one(server, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    is_served(ann);
    bob.sends("and me?\n");
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.finishes_writing();
    ann.expects_end();
    bob.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    bob.expects("and me?\n");
    bob.closes();
    you.finishes();
}

TEST(Robust, WakesAllWhoWaitForItsEnd)
{
    Learner you{{.rule = "two threads may call shutdown() at the same time, and both return when the loop has ended.",
                 .why = "notify_one() wakes one of them, and a word that is taken by the first is not there for the second.",
                 .read = "man 3 pthread_cond_signal",
                 .ask = "Q76, Q111"}};
    you.run([] {
        Local<Tcp> server;
        serve_until_resumed(server, [&] {
            const std::jthread second{[&] { server.shutdown(); }};
            server.shutdown();
        });
    });
    Peer ann = you.connect("ann");
    is_served(ann); // the loop is busy with her: both have to wait
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.finishes_writing();
    ann.expects_end();
    you.finishes();
}

// The next loop begins long before a thread that sleeps has woken up. Four times, so that no luck helps.
TEST(Robust, ReturnsAlsoWhenTheNextLoopHasBegun)
{
    static constexpr int loops = 4;
    Learner you{{.rule = "shutdown() returns when the loop that it stopped has ended, also when the next one runs already.",
                 .why = "The thread that waits wakes up later, and sees that a loop runs. It must see that it is another one.",
                 .read = "man 3 pthread_cond_wait",
                 .ask = "Q76, Q111"}};
    you.run([]() noexcept {
        Local<Tcp> server;
        const std::jthread other{[&] {
            for (int i = 0; i < loops; ++i) {
                wait_for_the_test();
                server.shutdown();
            }
        }};
        for (int i = 0; i < loops; ++i)
            server.serve_forever(5);
    });
    for (int i = 0; i < loops; ++i) {
        Peer client = you.connect("n" + std::to_string(i));
        is_served(client);
        ASSERT_TRUE(you.paused());
        you.resume();
        client.finishes_writing(); // shutdown() waits by now
        client.expects_end();
    }
    you.finishes();
}
