// How long a callback lives.
#include "turns.h"

using namespace turns;

TEST(Robust, LetsACallbackRemoveItself)
{
    Learner you{
        {.rule = "a callback may remove itself: it lives until it has returned, and then dies.",
         .why = "What runs in a std::function lives in it. Who erases it from the table frees what the callback stands on.",
         .read = "C++ standard, [func.wrap.func.con], destructor",
         .ask = "Q72"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Belonging belonging;
        const int fd = you.fd();
        reactor.add(fd, EPOLLIN, [&reactor, &belonging, fd, own = belonging.lends()](std::uint32_t) {
            const Belonging& seen = belonging; // not from the callback, which may be gone after the next line
            calls("remove(3)", [&r = reactor, fd] { r.remove(fd); });
            seen.expects_alive("while it runs");
        });
        expects_count(1, turn(reactor, -1));
        expects_count(0, turn(reactor));
        belonging.expects_dead("when the next turn has begun");
    });
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, LetsACallbackReplaceItself)
{
    Learner you{{.rule = "a callback may remove itself and add another one for the same descriptor, as a protocol that changes.",
                 .why = "The new one must not be put where the old one still runs. From the next turn on it is called.",
                 .read = "C++ standard, [func.wrap.func.con], operator=",
                 .ask = "Q72"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        Belonging belonging;
        const int fd = you.fd();
        reactor.add(fd, EPOLLIN, [&reactor, &story, &belonging, fd, own = belonging.lends()](std::uint32_t events) {
            const Belonging& seen = belonging;
            story.tell("greeting", events);
            Story& on = story;
            reactor.remove(fd);
            reactor.add(fd, EPOLLIN, on.of("request"));
            seen.expects_alive("while it runs");
        });
        expects_turn(reactor, story, "greeting IN", -1);
        expects_turn(reactor, story, "request IN", -1);
        belonging.expects_dead("when the next turn has begun");
    });
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, TidiesUpAfterAThrow)
{
    Learner you{
        {.rule = "a callback removes itself and throws: it dies as any other, and those after it live as long as they run.",
         .why = "What a turn does at its end it must do on both ways out.",
         .read = "C++ standard, [except.ctor]",
         .ask = "Q72, Q122"}};
    you.run([&] {
        kata::Reactor reactor;
        Belonging first, second;
        const kata::UniqueFd fds[] = {ready_one(), ready_one()};
        reactor.add(fds[0].get(), EPOLLIN, [&r = reactor, fd = fds[0].get(), own = first.lends()](std::uint32_t) {
            r.remove(fd);
            throw 0;
        });
        EXPECT_THROW(turn(reactor), int);
        reactor.add(fds[1].get(), EPOLLIN, [&r = reactor, &second, fd = fds[1].get(), own = second.lends()](std::uint32_t) {
            const Belonging& seen = second;
            r.remove(fd);
            seen.expects_alive("while it runs");
        });
        expects_count(1, turn(reactor));
        first.expects_dead("when the next turn has begun");
        expects_count(0, turn(reactor));
        second.expects_dead("when the next turn has begun");
    });
    you.finishes();
}

TEST(Robust, KeepsTheStateOfACallback)
{
    Learner you{{.rule = "it is the same callback in each turn, with the state that it has by then.",
                 .why = "A copy for each call counts from 0 each time, and costs an allocation an event.",
                 .read = "C++ standard, [func.wrap.func.con]",
                 .ask = "Q122"}};
    you.run([&] {
        kata::Reactor reactor;
        const kata::UniqueFd fd = ready_one();
        int seen = 0;
        reactor.add(fd.get(), EPOLLIN, [&seen, n = 0](std::uint32_t) mutable { seen = ++n; });
        for (int i = 1; i <= 3; ++i) {
            expects_count(1, turn(reactor));
            expects(seen == i, "a callback that counts its calls has counted " + std::to_string(i), std::to_string(seen));
        }
    });
    you.finishes();
}

TEST(Robust, IsOneOfSeveral)
{
    Learner you{{.rule = "two reactors may watch the same descriptor, and know nothing of each other.",
                 .why = "A table that belongs to the program and not to the reactor mixes their callbacks.",
                 .read = "man 7 epoll, \"Questions and answers\", two epoll instances",
                 .ask = "Q79, Q80"}};
    you.run([&] {
        kata::Reactor one, other;
        Story story;
        const kata::UniqueFd fd = ready_one();
        one.add(fd.get(), EPOLLIN, story.of("one"));
        other.add(fd.get(), EPOLLIN, story.of("other"));
        expects_turn(one, story, "one IN");
        expects_turn(other, story, "other IN");
        one.remove(fd.get());
        expects_turn(one, story, "");
        expects_turn(other, story, "other IN");
    });
    you.finishes();
}
