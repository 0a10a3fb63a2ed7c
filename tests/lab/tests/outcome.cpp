#include "outcome.h"

#include "lab/machine/proc.h"
#include "lab/watch/supervisor.h"

#include <algorithm>
#include <gtest/gtest-spi.h>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

namespace lab {

std::span<char> too_much()
{
    constexpr std::size_t size = 64U << 20;
    void* const pages = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pages == MAP_FAILED)
        throw std::system_error{errno, std::generic_category(), "the test's own mmap"};
    return {static_cast<char*>(pages), size};
}

Outcome outcome_of(const std::function<void()>& body, const Scene& scene)
{
    Outcome outcome;
    Learner you{{}, scene.limits};
    Peer ann = you.wire("ann");
    if (scene.before)
        scene.before(you);

    Supervisor& run = you.supervisor();
    const std::uint64_t start = now_ns(), waited_before = proc::waited_for_cpu_ns(::getpid());
    std::uint64_t learner_waited = 0;
    you.run(body);
    if (scene.during)
        scene.during(you, ann);
    run.await([&] {
        learner_waited = std::max(learner_waited, proc::waited_for_cpu_ns(run.process()));
        return false;
    });
    testing::TestPartResultArray failures;
    {
        const testing::ScopedFakeTestPartResultReporter reporter{
            testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures};
        you.finishes();
    }
    const std::uint64_t wall = now_ns() - start;
    const std::uint64_t waited = learner_waited + proc::waited_for_cpu_ns(::getpid()) - waited_before;
    outcome.wall = std::chrono::milliseconds{wall / 1'000'000};
    outcome.took = std::chrono::milliseconds{(wall > waited ? wall - waited : 0) / 1'000'000};

    for (int i = 0; i < failures.size(); ++i) {
        outcome.red |= failures.GetTestPartResult(i).failed();
        (outcome.failures += failures.GetTestPartResult(i).message()) += '\n';
    }
    outcome.verdict = you.verdict();
    outcome.diagram = you.diagram();
    outcome.printed = you.printed();
    const Run facts{run.arena(), run.ports(), run.verdict_text()};
    outcome.remarks = remarks_on(facts, SIZE_MAX);
    outcome.unseen = unseen_calls(facts);
    if (scene.judged)
        scene.judged(you);
    return outcome;
}

} // namespace lab
