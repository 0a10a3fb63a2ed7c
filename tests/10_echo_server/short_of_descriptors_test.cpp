#include "serving.h"

#include <csignal>
#include <utility>

using namespace serving;

TEST(Hostile, TriesAgainWhenDescriptorsRunOut)
{
    constexpr Lesson lesson{
        .rule = "no descriptor left, or no memory: sleep for a moment, 1 to 100 ms, and accept again.",
        .why =
            "The client stays in the queue, so the listener stays readable: without a pause you spin. The shortage passes when "
            "somebody closes something.",
        .read = "man 2 accept, EMFILE, ENFILE, ENOBUFS, ENOMEM",
        .ask = "Q23, Q52"};
    for (const auto& [error, times] : {std::pair{EMFILE, 1}, {EMFILE, 20}, {ENFILE, 20}, {ENOBUFS, 20}, {ENOMEM, 20}}) {
        Learner you{lesson, {.own_time = 60s}};
        you.first(Family::accepting, static_cast<std::uint32_t>(times)).fails(error);
        you.run(serve);
        serves_another(you);
        you.keeps_serving();
        if (testing::Test::HasFailure())
            return;
        const auto pause = you.took() / times;
        EXPECT_TRUE(pause >= 1ms && pause <= 100ms)
            << "after each failure of accept() you waited for " << pause.count() << " ms before the next one";
    }
}

TEST(Hostile, TriesAgainAsOftenAsItTakes)
{
    Learner you{{.rule = "a shortage may last for hours: the server tries again until it is over.",
                 .why =
                     "The client waits in the queue, and so do all who come after it. A server that has given up needs somebody "
                     "who starts it again, and one whose pause grows beyond 100 ms is late for all of them.",
                 .read = "man 2 accept, EMFILE",
                 .ask = "Q23, Q52"},
                {.own_time = 5h}};
    you.first(Family::accepting, 250).fails(EMFILE);
    you.first(Family::accepting, 250).is_delayed(1min); // the machine is busy: so hours pass with few failures
    you.run(serve);
    serves_another(you);
    you.keeps_serving();
    const auto paused = you.took() - 250 * 1min;
    expects(paused >= 250 * 1ms && paused <= 250 * 100ms, "250 failures of accept(), and a pause of 1 to 100 ms after each",
            "pauses of " + std::to_string(paused / 1ms) + " ms in all");
}

// The stack has no frame for each of them.
TEST(Hostile, TriesAgainWithoutAFrameForEachTry)
{
    constexpr Lesson lesson{
        .rule = "however often accept() fails with what passes, it is called again, and that costs no memory.",
        .why = "Signals and shortages come for as long as the server lives. Who tries again by calling itself has one more frame "
               "on the stack for each, and dies when it is full.",
        .read = "man 2 accept, \"Error handling\"; man 2 getrlimit, RLIMIT_STACK",
        .ask = "Q22, Q52, Q88"};
    for (const auto& [error, times] : {std::pair{EINTR, 6000}, {EMFILE, 2500}}) { // a small frame; and one with an exception
        Learner you{lesson, {.deadline = 30s, .own_time = 1h, .cpu = 10s, .stack_kib = 512, .idle_calls = 0}};
        you.first(Family::accepting, static_cast<std::uint32_t>(times)).fails(error);
        you.run(serve);
        serves_another(you);
        you.keeps_serving();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Hostile, PausesForAMomentWhateverHappensMeanwhile)
{
    constexpr Lesson lesson{
        .rule = "a signal may cut the moment short, and somebody may set the clock: the server goes on as before.",
        .why = "EINTR from a sleep is no failure, and no reason to sleep as long again: a signal each 10 ms, and it never "
               "ends. And a sleep until a time of day ends an hour late when the day is set back by an hour.",
        .read = "man 2 poll, EINTR; man 2 nanosleep; man 2 clock_gettime, CLOCK_MONOTONIC",
        .ask = "Q55, Q88"};
    Learner you{lesson, {.own_time = 2h}};
    you.nth(Family::accepting, 1).fails(EMFILE);
    you.nth(Family::accepting, 2).fails(EMFILE);
    you.run(serve);
    you.wall_clock_is_set(-1h);
    you.gets_signal(SIGUSR1);
    serves_another(you);
    you.keeps_serving();
    expects(you.took() <= 200ms, "after two failures of accept(), two pauses of at most 100 ms",
            std::to_string(you.took().count()) + " ms");
    if (testing::Test::HasFailure())
        return;
    Learner too{lesson, {.own_time = 2h}};
    too.nth(Family::accepting, 1).fails(EMFILE);
    too.run(serve);
    Peer ann = too.connect("ann");
    for (int i = 0; i < 11; ++i) {
        too.time_passes(10ms);
        too.gets_signal(SIGUSR1);
    }
    too.settles();
    expects(too.count(Family::accepting) > 1, "110 ms after a failure of accept(), its next try",
            "none, for there was a signal each 10 ms");
    ann.closes();
    serves_another(too);
    too.keeps_serving();
}
