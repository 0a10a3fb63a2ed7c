// What the kernel says, and how it is told.
#include "turns.h"

using namespace turns;

TEST(Works, CallsWhoHasNews)
{
    Learner you{{.rule = "a reactor sleeps until one of its descriptors is ready, and then calls the callback of that one.",
                 .why = "epoll_wait() gives back what epoll_ctl() was told for a descriptor. By that you find its callback.",
                 .read = "man 7 epoll, DESCRIPTION; man 3type epoll_event",
                 .ask = "Q70, Q80"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(0), EPOLLIN, story.reads("ann", you.fd(0)));
        reactor.add(you.fd(1), EPOLLIN, story.reads("bob", you.fd(1)));
        expects_turn(reactor, story, "bob IN", -1);
        expects_turn(reactor, story, "ann IN", -1);
        expects_turn(reactor, story, "bob IN", -1);
    });
    bob.sends("hello");
    ann.sends("hello");
    bob.sends("again");
    you.finishes();
    EXPECT_EQ(0, you.waits_in_vain()) << "of your waits ended because time was over, and not because something came";
}

TEST(Works, CallsAllWhoHaveNews)
{
    Learner you{{.rule = "one turn calls everybody who is ready, each once.",
                 .why = "epoll_wait() fills an array. Who takes one event of it a call pays one more system call for each.",
                 .read = "man 2 epoll_wait, DESCRIPTION",
                 .ask = "Q70, Q80"}};
    you.run([&] {
        kata::Reactor reactor;
        std::vector<kata::UniqueFd> all;
        std::vector<int> called(10);
        for (int& times : called) {
            all.push_back(ready_one());
            reactor.add(all.back().get(), EPOLLIN, [&times](std::uint32_t) { ++times; });
        }
        expects_count(10, turn(reactor));
        expects(called == std::vector<int>(10, 1), "ten callbacks are called, each once", "not so");
    });
    you.finishes();
}

TEST(Robust, CallsOnceWhoWasLeftOver)
{
    Learner you{{.rule = "who is left over by an exception is called once in the next turn, and not again behind that.",
                 .why = "Level-triggered, he is ready still: a turn that then looks for more finds him a second time.",
                 .read = "man 7 epoll, \"Level-triggered and edge-triggered\"",
                 .ask = "Q78, Q122"}};
    you.run([&] {
        kata::Reactor reactor;
        std::vector<int> called(3);
        const kata::UniqueFd all[] = {ready_one(), ready_one(), ready_one()};
        for (std::size_t i = 0; i < 3; ++i)
            reactor.add(all[i].get(), EPOLLIN, [&, i](std::uint32_t) {
                if (++called[i] == 1 && std::count(called.begin(), called.end(), 0) == 2)
                    throw 0;
            });
        EXPECT_THROW(turn(reactor), int);
        turn(reactor);
        expects(std::count(called.begin(), called.end(), 1) >= 2, "each of the two who were left over is called once", "not so");
    });
    you.finishes();
}

TEST(Works, WaitsForItsTime)
{
    Learner you{{.rule = "run_once() waits for its time to the millisecond, asleep; 0 is a look.",
                 .why = "The caller has timers of its own, and gives the time until the next of them.",
                 .read = "man 2 epoll_wait, timeout",
                 .ask = "Q55, Q70"},
                {.own_time = std::chrono::hours{2}, .idle_calls = 0}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN, story.of("ann"));
        for (const int limit : {0, 1, 3'600'000})
            expects_time(std::chrono::milliseconds{limit}, [&] { expects_turn(reactor, story, "", limit); });
    });
    you.finishes();
    EXPECT_EQ(2, you.waits_in_vain()) << "waits that only time ended: one for each turn, and a look is none";
}

TEST(Works, TellsAsLongAsItIsReady)
{
    Learner you{{.rule = "level-triggered: who has not read is told again in the next turn.",
                 .why = "That is what epoll does without EPOLLET. A reactor adds no flag that nobody asked for.",
                 .read = "man 7 epoll, \"Level-triggered and edge-triggered\"",
                 .ask = "Q78"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN, story.of("ann"));
        expects_turn(reactor, story, "ann IN", -1);
        expects_turn(reactor, story, "ann IN");
        expects_to_hear(you.fd(), "hello");
        expects_turn(reactor, story, "");
        expects_turn(reactor, story, "ann IN", -1); // the end: nobody asked for RDHUP
    });
    ann.sends("hello");
    ann.finishes_writing();
    you.finishes();
}

TEST(Works, TellsAnEdgeOnce)
{
    Learner you{
        {.rule = "edge-triggered: each arrival is told once, read or not; modify() looks again.",
         .why = "EPOLLET goes to the kernel as it came. EPOLL_CTL_MOD asks for the state: what is unread is told once more.",
         .read = "man 7 epoll, \"Level-triggered and edge-triggered\"; man 2 epoll_ctl, EPOLL_CTL_MOD",
         .ask = "Q78"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN | EPOLLET, story.of("ann"));
        expects_turn(reactor, story, "ann IN", -1);
        expects_turn(reactor, story, "");
        expects_turn(reactor, story, "ann IN", -1);
        expects_turn(reactor, story, "");
        calls("modify(3, IN|ET)", [&] { reactor.modify(you.fd(), EPOLLIN | EPOLLET); });
        expects_turn(reactor, story, "ann IN");
        expects_turn(reactor, story, "");
    });
    ann.sends("a");
    ann.sends("b");
    you.finishes();
}

TEST(Works, ArmsOneShotAgain)
{
    Learner you{{.rule = "EPOLLONESHOT: told once, and then not before modify(), which tells what came meanwhile.",
                 .why = "The kernel has switched the entry off, not removed it. Only EPOLL_CTL_MOD switches it on, also with the "
                        "same events as before.",
                 .read = "man 2 epoll_ctl, EPOLLONESHOT",
                 .ask = "Q82"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN | EPOLLONESHOT, story.reads("ann", you.fd()));
        expects_turn(reactor, story, "ann IN", -1);
        wait_for_the_test();
        expects_turn(reactor, story, "");
        calls("modify(3, IN|ONESHOT)", [&] { reactor.modify(you.fd(), EPOLLIN | EPOLLONESHOT); });
        expects_turn(reactor, story, "ann IN");
    });
    ann.sends("one");
    ann.sends("two");
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Works, ChangesWhatIsWatched)
{
    Learner you{{.rule = "modify() changes the events, and nothing else: the callback is the same.",
                 .why = "EPOLL_CTL_MOD replaces all that ADD said, the user's data, too: give it again.",
                 .read = "man 2 epoll_ctl, EPOLL_CTL_MOD",
                 .ask = "Q77"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN, story.of("ann"));
        expects_turn(reactor, story, "");
        for (const auto& [events, told] : {std::pair{EPOLLIN | EPOLLOUT, "ann OUT"}, {EPOLLIN, ""}, {EPOLLOUT, "ann OUT"}}) {
            calls("modify(3, ...)", [&, asked = events] { reactor.modify(you.fd(), static_cast<std::uint32_t>(asked)); });
            expects_turn(reactor, story, told);
        }
        calls("modify(3, PRI)", [&] { reactor.modify(you.fd(), EPOLLPRI); });
        wait_for_the_test();
        expects_turn(reactor, story, "ann PRI");
    });
    ann.sends_urgently('!');
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Works, TellsAllAtOnce)
{
    Learner you{{.rule = "data and the end of the stream are one event, and so one call of the callback.",
                 .why = "A callback that is called for RDHUP alone hangs up, and the last request is lost unread.",
                 .read = "man 2 epoll_ctl, EPOLLRDHUP",
                 .ask = "Q74, Q84"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN | EPOLLRDHUP, story.of("ann"));
        wait_for_the_test();
        expects_turn(reactor, story, "ann IN|RDHUP");
    });
    ann.sends("last words");
    ann.finishes_writing();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}
