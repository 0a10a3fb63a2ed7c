#include "looping.h"

#include <vector>

using namespace looping;

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
