// How many at a time, and what is left of those who were.
#include "serving.h"

using namespace serving;

TEST(Robust, LeavesTheRestInTheQueue)
{
    Learner you{
        {.rule = "who comes when all places are taken waits in the listener's queue, and is served when one is free.",
         .why = "There he costs no descriptor and no thread, and nothing of what he has sent is lost. Who is accepted first and "
                "waits then is one too many; who is closed is lost.",
         .read = "man 2 listen, NOTES",
         .ask = "Q11, Q65, Q66"}};
    you.run([] {
        const long before = living_threads();
        Server server{opens_listener(), echo, 2};
        server.start();
        wait_for_the_test();
        const long more = living_threads() - before;
        expects(more <= 3, "two connections, and two who wait: three threads", std::to_string(more));
        wait_for_the_test();
        stops(server, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob"), carol = you.connect("carol"), dave = you.connect("dave");
    carol.sends("carol is here");
    dave.sends("dave is here");
    carol.expects_silence();
    is_served(ann);
    is_served(bob);
    EXPECT_EQ(2, accepted(you)) << "the limit is 2, and so many were taken from the queue";
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    leaves(bob);
    carol.expects("carol is here");
    dave.expects_silence();
    EXPECT_EQ(3, accepted(you)) << "one has left, so the third was taken from the queue, and no more";
    leaves(carol);
    dave.expects("dave is here");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SleepsWhileThereIsNoRoom)
{
    Learner you{
        {.rule = "it waits for room asleep, and wakes up when somebody leaves.",
         .why = "The queue of the listener is not empty, so a poll() for it returns at once, each time: a busy loop, as long as "
                "all places are taken. And a fixed pause between two looks is a pause that the next client pays for.",
         .read = "man 3 pthread_cond_wait; man 2 poll",
         .ask = "Q65, Q66"},
        {.own_time = 1h}};
    Peer owner = you.wire("the owner");
    you.run([&you] {
        Server server{opens_listener(), echo, 1};
        server.start();
        asks(you.fd()); // the owner, who speaks when the only place is taken
        const long before = naps();
        asks(you.fd());
        const long more = naps() - before;
        expects(more < 100, "while there is no room, it sleeps once",
                "in ten seconds its threads went to sleep " + std::to_string(more) + " times");
        wait_for_the_test();
        stops(server, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    bob.sends("bob is here");
    owner.sends(".");
    you.settles();
    you.time_passes(10s);
    EXPECT_EQ(0, you.waits_in_vain()) << "it looked from time to time whether there is room";
    owner.sends(".");
    leaves(ann);
    bob.expects("bob is here");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, KeepsThePlaceUntilTheEnd)
{
    Learner you{
        {.rule = "a connection is open until close() is done: its place is not given away before, and it is counted once.",
         .why = "Whoever tells of a free place first has one connection too many for a moment. What belongs together, the place, "
                "the descriptor and the numbers, is changed in one step, under one lock.",
         .read = "man 2 close; C++ standard, [thread.mutex]",
         .ask = "Q66, Q76"}};
    Peer owner = you.wire("the owner");
    you.run([&you] {
        const Server* itself = nullptr;
        const auto handler = [&itself](int connection, const Endpoint&) {
            for (std::string words; !(words = hears(connection)).empty();)
                says(connection, words == "how many?" ? in_words(itself->counters()) : words);
        };
        Server server{opens_listener(), handler, 2};
        itself = &server;
        server.start();
        asks(you.fd());
        stops(server, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob"), carol = you.connect("carol");
    is_served(ann);
    is_served(bob);
    carol.sends("carol is here");
    you.settles();
    you.nth(Call::close, 1).pauses();
    ann.finishes_writing();
    ASSERT_TRUE(you.paused()); // before the close() of her connection
    bob.sends("how many?");
    you.settles();
    EXPECT_EQ(2, accepted(you)) << "the limit is 2, and so many were taken from the queue";
    const std::string now = "2 active, 0 served, 0 failed", soon = "1 active, 1 served, 0 failed";
    if (bob.unread() > 0) { // else the answer waits for the lock
        const std::string came = bob.receives(now.size());
        EXPECT_EQ(came == soon ? soon : now, came) << "there were two clients";
    }
    you.resume();
    carol.expects("carol is here");
    owner.sends(".");
    you.finishes();
}

TEST(Robust, GivesThreadsBack)
{
    static constexpr long clients = 1000, few = 60, most = 4;
    Learner you{
        {.rule = "a thread that has ended is joined while the server runs, not when it stops.",
         .why = "Until then it keeps its stack: after a thousand clients there are a thousand stacks, and pthread_create() says "
                "EAGAIN long before the server is stopped.",
         .read = "man 3 pthread_join, NOTES",
         .ask = "Q65, Q76"},
        {.deadline = 10s, .cpu = 10s}};
    you.listener();
    you.run([&you] {
        const long stacks_before = stacks(), threads_before = living_threads();
        Server server{kata::UniqueFd{you.fd()}, [](int, const Endpoint&) {}, most};
        server.start();
        wait_for_the_test();
        const long more = stacks() - stacks_before;
        expects(more < few / 2, "after 60 clients, one by one, few threads have their stacks still",
                std::to_string(more) + " have");
        wait_for_the_test();
        const long alive = living_threads() - threads_before;
        expects(alive <= most + 1, "after 1000 clients, no more threads than at the beginning", std::to_string(alive));
        expects_counters(server, {0, clients, 0});
        stops(server, 0);
    });
    for (long i = 0; i < clients; ++i) {
        you.connect("n" + std::to_string(i)).expects_end();
        if (i == few) {
            you.settles();
            ASSERT_TRUE(you.paused());
            you.resume();
        }
    }
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Hostile, ServesFortyAtOnce)
{
    Learner you{{.rule = "forty clients at once are forty threads, and each client gets its own bytes.",
                 .why = "What the threads share needs a lock; what belongs to one client must have gone to its thread with it.",
                 .read = "man 7 pthreads",
                 .ask = "Q65, Q76"},
                {.deadline = 6000ms, .descriptors = 128}};
    you.run([] { serves_until_resumed(echo, 40); });
    std::vector<Peer> clients;
    for (int i = 0; i < 40; ++i)
        clients.push_back(you.connect("n" + std::to_string(i)));
    for (Peer& client : clients)
        client.sends("I am " + client.name());
    for (Peer& client : clients)
        client.expects("I am " + client.name());
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}
