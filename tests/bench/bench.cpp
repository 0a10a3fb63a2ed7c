// What the lab costs: one learner run, and one recorded call. Prints medians; run it on an idle machine.
#include "lab/flight/flight.h"
#include "lab/lab.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace lab;

namespace {

struct Spread {
    double median, worst_of_100; // the 99th percentile
};

Spread measure(int times, const std::function<double()>& once)
{
    std::vector<double> all;
    for (int i = 0; i < times; ++i)
        all.push_back(once());
    std::sort(all.begin(), all.end());
    return {all[all.size() / 2], all[all.size() * 99 / 100]};
}

double microseconds_since(std::uint64_t start) { return static_cast<double>(now_ns() - start) / 1000; }

// One byte through a socket pair, there and back: two calls.
double microseconds_for_a_call(int a, int b)
{
    constexpr int rounds = 20'000;
    char byte = 'x';
    const std::uint64_t start = now_ns();
    for (int i = 0; i < rounds; ++i) {
        (void)!::send(a, &byte, 1, 0);
        (void)!::recv(b, &byte, 1, 0);
    }
    return microseconds_since(start) / (2 * rounds);
}

struct Pair {
    int ends[2];
    Pair() { (void)!::socketpair(AF_UNIX, SOCK_STREAM, 0, ends); }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
};

} // namespace

TEST(Bench, EmptyRun)
{
    const Spread run = measure(200, [] {
        const std::uint64_t start = now_ns();
        Learner you;
        you.run([] {});
        you.finishes();
        return microseconds_since(start);
    });
    std::printf("an empty run                    %8.0f us   (p99 %.0f us)\n", run.median, run.worst_of_100);
}

TEST(Bench, RecordedCall)
{
    const Pair pair;
    const Spread bare = measure(9, [&] { return microseconds_for_a_call(pair.ends[0], pair.ends[1]); });
    std::printf("a call, not recorded            %8.2f us\n", bare.median);

    Learner you{{}, {.deadline = 60s, .cpu = 60s}}; // it is not idle, it is busy for long
    you.run([] {
        const Pair own;
        const Spread recorded = measure(9, [&] { return microseconds_for_a_call(own.ends[0], own.ends[1]); });
        std::printf("the same call, recorded         %8.2f us\n", recorded.median);
    });
    you.finishes();
    std::printf("%s", you.printed().c_str());
}
