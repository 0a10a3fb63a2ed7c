// Whichever call fails.
#include "turns.h"

using namespace turns;

TEST(Robust, TurnsOrTellsWhichCallFailed)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, nothing has changed, and the next try succeeds.",
                            .why = "An entry in the table without one in the kernel, or the other way round, is never called.",
                            .read = "man 2 epoll_create, ERRORS; man 2 epoll_ctl, ERRORS; man 2 epoll_wait, ERRORS",
                            .ask = "Q72, Q80"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            std::unique_ptr<kata::Reactor> reactor;
            Story story;
            told_then_done([&] { reactor = std::make_unique<kata::Reactor>(); });
            told_then_done([&] { reactor->add(you.fd(), EPOLLIN, story.of("ann")); });
            told_then_done([&] { reactor->modify(you.fd(), EPOLLIN | EPOLLRDHUP); });
            int called = 0;
            while (called == 0) // a signal is none
                told_or_done([&] { called = turn(*reactor, -1); });
            expects_to_hear(you.fd(), "hello");
            told_or_done([&] { turn(*reactor); });
            expects_turn(*reactor, story, ""); // nor what an earlier turn has told
            reactor->remove(you.fd());
        });
        ann.sends("hello");
        you.finishes();
    });
}

TEST(Hostile, ServesTheNextWhicheverCallFails)
{
    constexpr Lesson lesson{.rule =
                                "whichever call fails while a client is served: at most that client is lost, and it is closed.",
                            .why = "ENOMEM at one client is no reason to leave the others, and no reason to keep its descriptor.",
                            .read = "man 2 recv, ERRORS; man 2 send, ERRORS; man 2 epoll_ctl, ENOSPC",
                            .ask = "Q22, Q72"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer boss = you.wire("boss");
        const int listen_fd = you.listener(16, true);
        Peer ann = you.connect("ann");
        ann.sends("hello");
        you.run([&] {
            kata::Reactor reactor;
            const kata::EchoServer server{reactor, listen_fd};
            told_or_done([&] {
                while (turn(reactor, 10) > 0) { // until nothing comes any more; a signal ends it early
                }
            });
            wait_for_the_test();
            bool is_over = false;
            reactor.add(you.fd(), EPOLLIN, [&](std::uint32_t) { is_over = true; });
            while (!is_over)
                turn(reactor, -1);
        });
        ASSERT_TRUE(you.paused());
        you.resume();
        const std::string came = ann.receives(5);
        EXPECT_TRUE(came == "hello" || came.empty()) << "ann received \"" << came << '"';
        ann.closes();
        Peer bob = you.connect("bob");
        bob.sends("hello");
        bob.expects("hello");
        bob.closes();
        boss.sends("stop");
        you.finishes();
    });
}
