// What goes wrong with one client ends that client at most.
#include "serving.h"

using namespace serving;

TEST(Robust, SurvivesAHandlerThatThrows)
{
    Learner you{
        {.rule = "what a handler throws, of whatever type, ends its own connection, and nothing else.",
         .why =
             "An exception that leaves a thread ends the whole process: std::terminate. And a connection that is skipped by it "
             "stays open: its client waits for ever, and its place is taken for ever.",
         .read = "C++ standard, [thread.thread.constr], [except.ctor]",
         .ask = "Q72, Q76"}};
    you.run([] {
        Server server{opens_listener(), echo, 1};
        server.start();
        wait_for_the_test();
        expects_counters(server, {0, 1, 2});
        stops(server, 0);
    });
    for (const char* name : {"ann", "eve"}) {
        Peer client = you.connect(name);
        client.sends("throw");
        client.expects_end();
    }
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SurvivesClientsWhoAreGone)
{
    Learner you{
        {.rule = "a client who resets, in the queue or in the middle, ends itself only.",
         .why = "Its handler gets the error of recv(), and accept() hands over even who has left. shutdown() then says ENOTCONN, "
                "which is no news.",
         .read = "man 2 accept, \"Error handling\"; man 2 recv, ECONNRESET",
         .ask = "Q20, Q38"}};
    you.run([] {
        Server server{opens_listener(), echo, 1};
        server.start();
        wait_for_the_test();
        stops(server, 1000);
        expects_counters(server, {0, 3, 0}); // eve had said something
    });
    Peer ann = you.connect("ann");
    {
        Peer eve = you.connect("eve"); // in the queue
        eve.sends("hello");
        eve.resets();
    }
    is_served(ann);
    ann.resets();
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SurvivesConnectionsThatDieInTheQueue)
{
    constexpr int passing[] = {ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH};
    Learner you{{.rule = "an errno of accept() may be that of one connection which died in the queue: the next one is there.",
                 .why = "Linux hands over network errors that are pending on the new socket. Only what is true of the listener "
                        "ends the accepting.",
                 .read = "man 2 accept, \"Error handling\"",
                 .ask = "Q20"}};
    for (std::uint32_t n = 1; const int error : passing)
        you.nth(Family::accepting, n++).fails(error);
    you.run([] { serves_until_resumed(echo, 2); });
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, SurvivesAShortage)
{
    constexpr int shortages[] = {EMFILE, ENFILE, ENOBUFS, ENOMEM};
    Learner you{{.rule = "after a shortage in accept() (EMFILE, ENFILE, ENOBUFS, ENOMEM) the client is served a moment later.",
                 .why = "The client stays in the queue, and sooner or later somebody closes something.",
                 .read = "man 2 accept, ERRORS",
                 .ask = "Q21"}};
    for (std::uint32_t n = 1; const int error : shortages)
        you.nth(Family::accepting, n++).fails(error);
    you.run([] { serves_until_resumed(echo, 2); });
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
    EXPECT_LE(you.took(), 500ms) << "four shortages, and after each a pause of at most 100 ms";
}

TEST(Robust, SleepsDuringAShortage)
{
    Learner you{
        {.rule = "during a shortage it sleeps 1 to 100 ms between two tries, and stop() is heard all the same.",
         .why = "The client stays in the queue, so accept() or poll() says the same at once, again and again: a busy loop, just "
                "when the machine is short of everything.",
         .read = "man 2 accept, ERRORS",
         .ask = "Q21"},
        {.own_time = 1h, .idle_calls = 1200}};
    you.every(Family::accepting).fails(EMFILE);
    you.run([] {
        Server server{opens_listener(), echo, 2};
        server.start();
        wait_for_the_test();
        stops(server, 60'000);
        expects_counters(server, {0, 0, 0});
    });
    Peer ann = you.connect("ann");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.time_passes(1s);
    const int tries = you.count(Family::accepting);
    EXPECT_TRUE(tries >= 10 && tries <= 1001) << "it tried " << tries << " times in a second";
    you.time_passes(13ms); // into the middle of a rest
    you.finishes();
    EXPECT_LE(you.took(), 1014ms) << "stop() was called after 1013 ms, and waited, though there was nobody to wait for";
}

TEST(Robust, SurvivesALackOfThreads)
{
    Learner you{
        {.rule = "when no thread can be had (EAGAIN) that client is let go, and counted; the server goes on.",
         .why = "pthread_create() fails when there are too many threads, and std::thread throws. That client has nobody else who "
                "would close its connection.",
         .read = "man 3 pthread_create, ERRORS",
         .ask = "Q21, Q65"}};
    you.nth(Call::pthread_create, 2).fails(EAGAIN); // the first is, most often, the one that accepts
    you.run([] {
        Server server{opens_listener(), echo, 2};
        const auto serve = [&] {
            server.start();
            wait_for_the_test();
        };
        const bool all_at_once =
            error_of([&] { told_or_done(serve); }) == "EAGAIN"; // threads made in advance; only there can it fail
        if (all_at_once)
            serve();
        expects_counters(server, all_at_once ? Server::Counters{0, 2, 0} : Server::Counters{0, 1, 1});
        stops(server, 0);
    });
    Peer ann = you.connect("ann");
    leaves(ann);
    serves_another(you);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, TellsWhatEndedTheAccepting)
{
    Learner you{
        {.rule =
             "an error of accept() that does not pass ends the accepting, not the conversations; stop() throws it, when all is "
             "over.",
         .why = "EINVAL, EBADF stay: who tries again spins for ever. On a thread nobody catches what it throws; somebody must "
                "keep it for the owner (std::future, std::exception_ptr).",
         .read = "man 2 accept, ERRORS; C++ standard, [futures.async]",
         .ask = "Q20, Q72"}};
    you.run([] {
        Server server{opens_listener(), echo, 4};
        server.start();
        wait_for_the_test();
        expects_error(EINVAL, [&] { stops(server, 1000); });
        const auto now = server.counters();
        expects(now.active == 0 && now.failed == 0, "counters() says 0 active, 0 failed",
                std::to_string(now.active) + " active, " + std::to_string(now.failed) + " failed");
        stops(server, 0);
        Server not_asked{kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0")).fd, echo, 4}; // it does not listen: EINVAL, too
        not_asked.start();
        wait_for_the_test();
    });
    Peer ann = you.connect("ann");
    is_served(ann);
    you.settles();
    you.nth(Family::accepting, 1).fails(EINVAL);
    Peer bob = you.connect("bob"); // the call that sleeps already may let him in; the next one fails
    you.settles();
    Peer cy = you.connect("cy");
    cy.sends("hello?");
    cy.expects_silence();
    is_served(ann);
    ASSERT_TRUE(you.paused());
    you.resume();
    ASSERT_TRUE(you.paused());
    you.settles(); // the second server has failed, too
    you.finishes();
}
