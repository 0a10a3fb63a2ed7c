// Callbacks that change who is watched, while other events of the same turn are on their way to them.
#include "turns.h"

#include <stdexcept>
#include <unistd.h>

using namespace turns;

TEST(Robust, ForgetsWhoWasRemovedInTheSameTurn)
{
    Learner you{{.rule = "a callback removes another one that is ready, too: that one is not called any more.",
                 .why = "Its event is in your array already. But what the callback refers to may be destroyed by now.",
                 .read = "man 7 epoll, \"Possible pitfalls and ways to avoid them\", event cache",
                 .ask = "Q72, Q83"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        const auto removes = [&](const std::string& name, int other) {
            return [&, name, other](std::uint32_t events) {
                story.tell(name, events);
                calls("remove(" + std::to_string(other) + ")", [&] { reactor.remove(other); });
            };
        };
        reactor.add(you.fd(0), EPOLLIN, removes("ann", you.fd(1)));
        reactor.add(you.fd(1), EPOLLIN, removes("bob", you.fd(0)));
        wait_for_the_test();
        expects_turn_of_one(reactor, story, "ann IN", "bob IN");
        expects_turn_of_one(reactor, story, "ann IN", "bob IN");
    });
    ann.sends("hello");
    bob.sends("hello");
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, TellsTheNextOneFromItsNumber)
{
    Learner you{{.rule = "a callback closes another one that is ready, and opens a new one with the same number: no news for it.",
                 .why = "The kernel gives the lowest free number at once. The old event names it, and the stranger gets it.",
                 .read = "man 7 epoll, \"Possible pitfalls and ways to avoid them\", event cache; man 2 open, NOTES",
                 .ask = "Q72, Q83"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        kata::UniqueFd ends[] = {ready_one(), ready_one()};
        const auto replaces = [&](const std::string& name, kata::UniqueFd& other) {
            return [&, name](std::uint32_t events) {
                story.tell(name, events);
                const int number = other.get();
                reactor.remove(number);
                other.reset();
                other = silent_one();
                EXPECT_EQ(number, other.get());
                for (int i = 0; i < 256; ++i) { // a counter of 8 bits has come round by then
                    reactor.remove(number);
                    reactor.add(number, EPOLLIN, story.of("a stranger with the same number"));
                }
            };
        };
        reactor.add(ends[0].get(), EPOLLIN, replaces("the first", ends[1]));
        reactor.add(ends[1].get(), EPOLLIN, replaces("the second", ends[0]));
        expects_turn_of_one(reactor, story, "the first IN", "the second IN");
    });
    you.finishes();
}

TEST(Robust, AddsManyInATurn)
{
    static constexpr int many = 80;
    Learner you{{.rule =
                     "a callback may add as many as it likes; it lives on, and all of them are told, also where more are ready "
                     "than fit into one turn.",
                 .why = "A table that grows moves what is in it. And who is left out of one epoll_wait() comes in the next.",
                 .read = "man 2 epoll_wait, NOTES; C++ standard, [vector.capacity]",
                 .ask = "Q80, Q85"},
                {.descriptors = 128}};
    you.run([&] {
        kata::Reactor reactor;
        std::vector<kata::UniqueFd> all;
        std::vector<int> called(many);
        Belonging belonging;
        const kata::UniqueFd first = ready_one();
        reactor.add(first.get(), EPOLLIN | EPOLLET, [&, own = belonging.lends()](std::uint32_t) {
            const Belonging& seen = belonging;
            for (int& times : called) {
                all.push_back(ready_one());
                reactor.add(all.back().get(), EPOLLIN | EPOLLET, [&times](std::uint32_t) { ++times; });
            }
            seen.expects_alive("while it runs");
        });
        expects_count(1, turn(reactor));
        int sum = 0;
        for (int n = 0; (n = turn(reactor)) > 0;) {
            sum += n;
            expects(n <= 64, "a turn calls 64 at most", std::to_string(n));
        }
        expects(called == std::vector<int>(many, 1), "80 descriptors were ready, and each is told once, in some turn",
                std::to_string(std::count(called.begin(), called.end(), 0)) + " were never told");
        expects(sum == many, "run_once() counts 80 calls in all", std::to_string(sum));
    });
    you.finishes();
}

TEST(Robust, KeepsTheOthersWhenOneThrows)
{
    Learner you{{.rule = "what a callback throws comes out of run_once(); those who were not called yet come in the next turn.",
                 .why = "The kernel has told the edge, and does not tell it again. It is in your array only.",
                 .read = "man 7 epoll, \"Level-triggered and edge-triggered\"",
                 .ask = "Q78, Q122"}};
    you.run([&] {
        kata::Reactor reactor;
        std::vector<kata::UniqueFd> all;
        int called = 0;
        for (int i = 0; i < 3; ++i) {
            all.push_back(ready_one());
            reactor.add(all.back().get(), EPOLLIN | EPOLLET, [&](std::uint32_t) {
                if (++called == 1)
                    throw std::runtime_error{"a callback's own"};
            });
        }
        std::string came = "nothing";
        try {
            turn(reactor);
        } catch (const std::runtime_error& e) {
            came = e.what();
        }
        expects(came == "a callback's own", "run_once() throws what the callback threw", came);
        expects(called == 1, "and it calls nobody after that", std::to_string(called - 1) + " were called");
        expects_time(0ms, [&] { expects_count(2, turn(reactor, 100)); });
        expects(called == 3, "three descriptors were ready, and each is told once", std::to_string(called) + " calls");
        expects_time(100ms, [&] { expects_count(0, turn(reactor, 100)); });
    });
    you.finishes();
}

TEST(Robust, WatchesOnWhoThrew)
{
    Learner you{
        {.rule = "three callbacks throw, one after the other: each comes out of a turn of its own, whatever it throws, and all "
                 "three are watched on.",
         .why = "An exception ends a turn, not a watch. And the second one of them must not cost the others their turn.",
         .read = "C++ standard, [except.throw]",
         .ask = "Q122"}};
    you.run([&] {
        kata::Reactor reactor;
        std::vector<kata::UniqueFd> all;
        std::vector<int> called(3);
        for (int& times : called) {
            all.push_back(ready_one());
            reactor.add(all.back().get(), EPOLLIN, [&times](std::uint32_t) {
                if (++times == 1)
                    throw "no std::exception";
            });
        }
        for (int i = 0; i < 3; ++i)
            EXPECT_THROW(turn(reactor), const char*);
        expects(called == std::vector<int>(3, 1), "three turns have called each once", "not so");
        expects_count(3, turn(reactor));
    });
    you.finishes();
}

TEST(Robust, WaitsWhenAllWhoAreLeftWereRemoved)
{
    Learner you{{.rule = "who was left over by an exception may be removed before the next turn, and its number may come again. "
                         "That turn waits, then, for its time.",
                 .why = "run_once() returns 0 when the time is over, and a timer of the caller counts on it. What is left of the "
                        "last turn names who is gone, not who has its number.",
                 .read = "man 2 epoll_wait, timeout; man 7 epoll, \"Possible pitfalls and ways to avoid them\", event cache",
                 .ask = "Q72"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        kata::UniqueFd both[] = {ready_one(), ready_one()};
        for (const kata::UniqueFd& fd : both)
            reactor.add(fd.get(), EPOLLIN | EPOLLET, [](std::uint32_t) { throw 0; });
        EXPECT_THROW(turn(reactor), int);
        for (kata::UniqueFd& fd : both) {
            const int number = fd.get();
            reactor.remove(number);
            fd.reset();
            fd = silent_one();
            EXPECT_EQ(number, fd.get());
            reactor.add(number, EPOLLIN, story.of("a stranger with the same number"));
        }
        expects_time(100ms, [&] { expects_turn(reactor, story, "", 100); });
    });
    you.finishes();
}
