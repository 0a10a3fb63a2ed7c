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

TEST(Robust, LetsGoBeforeItSleeps)
{
    enum class Removed { in_its_turn, in_a_turn_that_throws, between_two_turns, by_one_who_dies };
    for (const auto removed :
         {Removed::in_its_turn, Removed::in_a_turn_that_throws, Removed::between_two_turns, Removed::by_one_who_dies}) {
        Learner you{
            {.rule =
                 "what a removed callback owned is let go before the next turn sleeps, not when it wakes up: also where it was "
                 "removed between two turns, or threw, or was removed by the destructor of another one.",
             .why = "Here it owns the connection. Its peer waits for the end of the stream, as long as nobody else has news.",
             .read = "man 2 epoll_wait, timeout",
             .ask = "Q72, Q83"}};
        Peer ann = you.wire("ann"), boss = you.wire("boss");
        you.run([&] {
            kata::Reactor reactor;
            Story story;
            const auto reads = story.reads("ann", you.fd(0));
            reactor.add(you.fd(0), EPOLLIN, [&, own = std::make_shared<kata::UniqueFd>(you.fd(0))](std::uint32_t events) {
                reads(events);
                if (removed == Removed::in_its_turn || removed == Removed::in_a_turn_that_throws)
                    reactor.remove(own->get());
                if (removed == Removed::in_a_turn_that_throws)
                    throw 0;
            });
            reactor.add(you.fd(1), EPOLLIN, story.reads("boss", you.fd(1)));
            if (removed == Removed::in_a_turn_that_throws)
                EXPECT_THROW(turn(reactor, -1), int);
            else
                expects_turn(reactor, story, "ann IN", -1);
            if (removed == Removed::between_two_turns)
                reactor.remove(you.fd(0));
            if (removed == Removed::by_one_who_dies) {
                const kata::UniqueFd session = silent_one(); // who dies ends ann's watch, too
                const auto ends = [&](void*) { reactor.remove(you.fd(0)); };
                reactor.add(session.get(), EPOLLIN, [own = std::shared_ptr<void>{nullptr, ends}](std::uint32_t) {});
                reactor.remove(session.get());
            }
            expects_turn(reactor, story, "boss IN", -1);
        });
        ann.sends("hello");
        ann.expects_end();
        boss.sends("!");
        you.finishes();
    }
}

TEST(Robust, LetsACallbackReplaceItself)
{
    for (const bool removes : {true, false}) {
        Learner you{{.rule =
                         "a callback may remove itself, or close its descriptor, and add another one for the same number, as a "
                         "protocol that changes.",
                     .why = "The new one must not be put where the old one still runs. From the next turn on it is called.",
                     .read = "C++ standard, [func.wrap.func.con], operator=",
                     .ask = "Q72"}};
        you.run([&] {
            kata::Reactor reactor;
            Story story;
            Belonging belonging;
            kata::UniqueFd fd = ready_one();
            const int number = fd.get();
            reactor.add(number, EPOLLIN, [&, removes, own = belonging.lends()](std::uint32_t events) {
                const Belonging& seen = belonging;
                story.tell("greeting", events);
                const std::tuple on_the_stack{removes, &reactor, &story, &fd, number};
                const auto& [by_name, r, told, own_fd, same] = on_the_stack;
                for (const char* next : {"answer", "request"}) { // who takes over may be replaced at once, too
                    if (by_name) {
                        r->remove(same);
                    } else {
                        own_fd->reset();
                        *own_fd = ready_one();
                    }
                    r->add(same, EPOLLIN, told->of(next));
                }
                seen.expects_alive("while it runs");
            });
            expects_turn(reactor, story, "greeting IN");
            expects_turn(reactor, story, "request IN");
            belonging.expects_dead("when the next turn has begun");
        });
        you.finishes();
    }
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
        kata::Reactor other;
        Story story;
        const kata::UniqueFd fd = ready_one();
        other.add(fd.get(), EPOLLIN, story.of("other"));
        {
            kata::Reactor one;
            one.add(fd.get(), EPOLLIN, story.of("one"));
            expects_turn(one, story, "one IN");
            expects_turn(other, story, "other IN");
            one.remove(fd.get());
            expects_turn(one, story, "");
            expects_turn(other, story, "other IN");
            one.add(fd.get(), EPOLLIN, story.of("one"));
        }
        expects_turn(other, story, "other IN");
    });
    you.finishes();
}

TEST(Robust, TurnsInATurnOfAnother)
{
    Learner you{{.rule = "a callback may run a turn of another reactor, and the turn that it belongs to goes on then.",
                 .why = "In an array that belongs to the program, the inner turn overwrites the events of the outer one.",
                 .read = "man 7 epoll, \"Questions and answers\", two epoll instances",
                 .ask = "Q80, Q122"}};
    you.run([&] {
        kata::Reactor inner, outer;
        int inner_calls = 0;
        const kata::UniqueFd of_inner[] = {ready_one(), ready_one(), ready_one()};
        const kata::UniqueFd of_outer[] = {ready_one(), ready_one(), ready_one()};
        for (const kata::UniqueFd& fd : of_inner)
            inner.add(fd.get(), EPOLLIN, [&](std::uint32_t) { ++inner_calls; });
        for (const kata::UniqueFd& fd : of_outer)
            outer.add(fd.get(), EPOLLIN, [&](std::uint32_t) { expects_count(3, turn(inner)); });
        expects_count(3, turn(outer));
        expects(inner_calls == 9, "three turns of the inner one call each of its three", std::to_string(inner_calls) + " calls");
    });
    you.finishes();
}
