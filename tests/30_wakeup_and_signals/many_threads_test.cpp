#include "looping.h"

#include <vector>

using namespace looping;

TEST(Robust, IsOneOfTwo)
{
    Learner you{
        {.rule = "two loops, each on its own thread, post to each other: each task runs in the loop that it was posted to.",
         .why = "A loop for each core is the usual shape. What belongs to a loop stands in it, and in no global variable.",
         .read = "man 2 eventfd",
         .ask = "Q76, Q87"}};
    you.run([]() noexcept {
        Loop ours, theirs;
        Story story;
        const std::jthread other{[&]() noexcept { runs(theirs); }};
        const auto on = [&](const std::string& name) {
            story.tell(std::this_thread::get_id() == other.get_id() ? name + " there" : name + " here");
        };
        posts(theirs, "one", [&] {
            on("one");
            posts(ours, "two", [&] {
                on("two");
                posts(theirs, "three", [&] {
                    on("three");
                    stops(theirs);
                    stops(ours);
                });
            });
        });
        runs(ours);
        story.is("one there, two here, three there");
    });
    you.finishes();
}

TEST(Robust, KeepsItsTasksFromTheOther)
{
    Learner you{{.rule = "what waits in one loop behind a task that takes long is not run by another one.",
                 .why = "A static list is one for all loops: while the first one is busy, the second takes what is left there, "
                        "and runs it on its own thread.",
                 .read = "C++ standard, [basic.stc.static]",
                 .ask = "Q76, Q87"}};
    Peer boss = you.wire("boss"), other_boss = you.wire("the other boss");
    you.run([&]() noexcept {
        Loop ours, theirs;
        Story story;
        const std::jthread other{[&]() noexcept {
            waits_for(you.fd(1));
            runs(theirs);
            ::send(you.fd(1), "done", 4, MSG_NOSIGNAL);
        }};
        const auto tells_and_stops = [&](Loop& loop, const std::string& name) {
            return [&, name] {
                story.tell(std::this_thread::get_id() == other.get_id() ? name + " there" : name + " here");
                stops(loop);
            };
        };
        posts(ours, "one", [&] { waits_for(you.fd(0)); });
        posts(ours, "two", tells_and_stops(ours, "two"));
        posts(theirs, "three", tells_and_stops(theirs, "three"));
        runs(ours);
        story.is("three there, two here");
    });
    you.settles(); // in one
    other_boss.sends(".");
    other_boss.expects("done");
    boss.sends(".");
    you.finishes();
}

namespace {

struct Counts {
    int next[8] = {}, all = 0, out_of_order = 0, ended = 0;
};
constexpr int each_of_eight = 10'000;

} // namespace

TEST(Hostile, RunsTenThousandOfEachOfEight)
{
    Learner you{{.rule = "eight threads post 10,000 tasks each: none is lost, none runs twice, each thread's are in order.",
                 .why = "What the threads share needs a lock, and there are 80,000 chances to lose a wake-up.",
                 .read = "man 2 eventfd; C++ standard, [intro.races]",
                 .ask = "Q76, Q87"},
                {.deadline = 20s, .cpu = 20s}};
    you.run([]() noexcept {
        Loop loop;
        Counts counts;
        std::vector<std::jthread> threads;
        for (int who = 0; who < 8; ++who)
            threads.emplace_back([&counts, &loop, who] {
                for (int n = 0; n < each_of_eight; ++n)
                    loop.post([&counts, who, n] {
                        counts.out_of_order += counts.next[who] == n ? 0 : 1;
                        ++counts.next[who];
                        ++counts.all;
                    });
                loop.post([&counts, &loop] {
                    if (++counts.ended == 8)
                        loop.stop();
                });
            });
        runs(loop);
        expects(counts.out_of_order == 0, "each thread's tasks run in its order",
                std::to_string(counts.out_of_order) + " did not");
        expects(counts.all == 8 * each_of_eight, "80000 tasks run", std::to_string(counts.all));
    });
    you.finishes();
}
