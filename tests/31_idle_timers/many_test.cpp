// Ten thousand connections, and a hundred thousand; what a call costs.
#include "loop.h"

using namespace idle;

namespace {

constexpr milliseconds at_ms(int n) { return milliseconds{n}; }

std::chrono::nanoseconds cpu_time()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

// The processor time of a turn: the least of twenty. What disturbs it can only make it longer, and never all of them.
struct Costs {
    std::chrono::nanoseconds nobody_is_due = std::chrono::nanoseconds::max(), one_is_due = nobody_is_due;
};

Costs costs_of_a_turn(int connections)
{
    kata::IdleTimers timers{{3'600'000, 3'600'000}};
    const Clock::time_point begin = Clock::now();
    for (int fd = 0; fd < connections; ++fd)
        timers.add(fd, begin + at_ms(fd));
    const auto least = [&](milliseconds first) {
        auto cost = std::chrono::nanoseconds::max();
        for (int turn = 0; turn < 20; ++turn) {
            const Clock::time_point now = begin + first + at_ms(turn);
            const int fd = connections / 2 + turn, last = connections - 1 - turn; // a search finds one of them late
            const std::chrono::nanoseconds before = cpu_time();
            timers.touch(last, now);
            timers.got_head(last);
            timers.remove(fd);
            timers.add(fd, now);
            timers.expire(now);
            cost = std::min(cost, cpu_time() - before);
        }
        return cost;
    };
    return {least(200s), least(1h)}; // an hour after it came, 0 is due, then 1...
}

// Of one connection, where all of them are due at once.
std::chrono::nanoseconds share_of_one(int connections)
{
    auto cost = std::chrono::nanoseconds::max();
    for (int round = 0; round < 5; ++round) {
        kata::IdleTimers timers{{1000, 1000}};
        const Clock::time_point begin = Clock::now();
        for (int fd = 0; fd < connections; ++fd)
            timers.add(fd, begin);
        const std::chrono::nanoseconds before = cpu_time();
        timers.expire(begin + 1s);
        const std::chrono::nanoseconds spent = cpu_time() - before;
        cost = std::min(cost, spent / connections);
        if (spent > 500ms)
            break; // it is clear by now
    }
    return cost;
}

void expects_about_the_same(const char* turn, std::chrono::nanoseconds few, std::chrono::nanoseconds many)
{
    const auto times = many / std::max(few, std::chrono::nanoseconds{1});
    expects(times < 20,
            std::string{turn} + " costs with 100000 connections about what it costs with 100; 20 times as much is too much",
            std::to_string(times) + " times as much processor time");
}

} // namespace

TEST(Robust, EachOfTenThousandInItsOwnMillisecond)
{
    Learner you{{.rule = "ten thousand connections that are due in ten thousand milliseconds: each in its own.",
                 .why = "A limit that is rounded to a tick closes some too early, or all too late. One descriptor or thread for "
                        "each connection is at its end long before.",
                 .read = "man 2 timerfd_create, DESCRIPTION",
                 .ask = "Q56, Q58"},
                {.own_time = std::chrono::hours{100}, .idle_calls = 0}};
    you.run([] {
        constexpr int many = 10'000, first_fd = 100;
        Loop loop{{60'000, 30'000}};
        const Clock::time_point begin = Clock::now();
        calls("10000 times add()", [&] {
            for (int i = 0; i < many; ++i)
                loop.timers().add(first_fd + i, begin + at_ms(i));
        });
        calls("got_head() of each second one", [&] {
            for (int i = 0; i < many; i += 2)
                loop.timers().got_head(first_fd + i);
        });
        int wrong = 0, first_wrong = 0;
        std::string first;
        const auto expects_only = [&](int expected, int at) {
            const std::vector<int> due = loop.timers().expire(begin + at_ms(at));
            const std::string came = idle::in_words(due);
            if (came != (expected < 0 ? "nobody" : std::to_string(expected)) && wrong++ == 0) {
                first = "expire(" + std::to_string(at) + " ms) said: " + came;
                first_wrong = expected;
            }
        };
        calls("20000 times expire(), once a millisecond", [&] {
            for (int i = 0; i < many; ++i)
                expects_only(i % 2 == 0 ? -1 : first_fd + i, 30'000 + i);
            for (int i = 0; i < many; ++i)
                expects_only(i % 2 == 0 ? first_fd + i : -1, 60'000 + i);
        });
        expects(wrong == 0, "each of the 10000 is due in its own millisecond, " + std::to_string(first_wrong) + " too",
                std::to_string(wrong) + " milliseconds were wrong; in the first, " + first);
    });
    you.finishes();
}

TEST(Robust, TouchesWithoutASystemCall)
{
    Learner you{{.rule = "touch() makes no system call: it comes with each read of each connection.",
                 .why =
                     "The timer may stay as it is, for touch() only moves moments back. One call to set it for each read is as "
                     "much again as the read.",
                 .read = "man 2 timerfd_create, timerfd_settime()",
                 .ask = "Q58"},
                hours};
    constexpr int touches = 500;
    you.run([] {
        Loop loop{idle_30s};
        const Clock::time_point begin = Clock::now();
        calls("10 times add()", [&] {
            for (int fd = 10; fd < 20; ++fd)
                loop.timers().add(fd, begin);
        });
        wait_for_the_test();
        calls("500 times touch(), 10 times got_head(), 5 times remove()", [&] {
            for (int i = 0; i < touches; ++i)
                loop.timers().touch(10 + i % 10, begin + at_ms(i));
            for (int fd = 10; fd < 20; ++fd)
                loop.timers().got_head(fd);
            for (int fd = 10; fd < 15; ++fd)
                loop.timers().remove(fd);
        });
        wait_for_the_test();
        loop.runs_until(1h);
        loop.expects_due("15 at 30495 ms, 16 at 30496 ms, 17 at 30497 ms, 18 at 30498 ms, 19 at 30499 ms", 1);
    });
    ASSERT_TRUE(you.paused());
    const auto system_calls = [&] { return static_cast<int>(you.calls().size()); };
    const int calls_before = system_calls();
    const auto on_the_timer = [&] { return you.count(Call::timerfd_settime) + you.count(Family::reading); };
    EXPECT_TRUE(on_the_timer() <= 10) << "add() makes at most one system call; and in 10 of them you made " << on_the_timer();
    you.resume();
    ASSERT_TRUE(you.paused());
    EXPECT_TRUE(system_calls() - calls_before <= 1)
        << "touch(), got_head() and remove() make no system call; in 515 of them you made " << system_calls() - calls_before;
    const int before = on_the_timer();
    you.resume();
    you.finishes();
    EXPECT_TRUE(on_the_timer() - before <= 12)
        << "expire() makes at most two system calls; in 6 of them you made " << on_the_timer() - before;
}

TEST(Robust, CostsTheSameWithAHundredThousand)
{
    Learner you{
        {.rule = "what add(), touch(), remove() and a turn cost does not grow with the number of connections.",
         .why = "A walk through all connections, for each byte or each turn, is a hundred thousand steps here: the loop does "
                "nothing else. There is an order among those who are due; keep it.",
         .read = "the complexity of what your container does: erase, find, push, a walk",
         .ask = "Q56, Q58"},
        {.deadline = 20s, .own_time = std::chrono::hours{100}, .cpu = 10s, .idle_calls = 0}};
    you.run([] {
        const Costs few = calls("40 turns with 100 connections", [] { return costs_of_a_turn(100); });
        const Costs many = calls("40 turns with 100000 connections", [] { return costs_of_a_turn(100'000); });
        expects_about_the_same("a turn in which nobody is due", few.nobody_is_due, many.nobody_is_due);
        expects_about_the_same("a turn in which one is due", few.one_is_due, many.one_is_due);
        const auto one_of_few = share_of_one(200), one_of_many = share_of_one(20'000);
        const auto times = one_of_many / std::max(one_of_few, std::chrono::nanoseconds{1});
        expects(times < 20, "one of 20000 who are due at once costs about what one of 200 does; 20 times as much is too much",
                std::to_string(times) + " times as much processor time");
    });
    you.finishes();
}

TEST(Hostile, AFloodOfTouchesKeepsNoMemory)
{
    Learner you{{.rule = "a client that sends byte by byte costs no memory: a touch moves its moment, and adds none.",
                 .why =
                     "A heap that gets a new entry for each touch, and leaves the old one until its time comes, grows with each "
                     "byte for as long as the limit.",
                 .read = "man 3 malloc; man 3 mallinfo",
                 .ask = "Q56"},
                hours};
    you.run([] {
        Loop loop{{3'600'000, 3'600'000}};
        const Clock::time_point begin = Clock::now();
        loop.timers().add(7, begin);
        loop.timers().add(8, begin);
        const std::size_t before = bytes_in_use();
        for (int i = 0; i < 10'000; ++i)
            loop.timers().touch(7, begin + at_ms(i));
        for (int i = 0; i < 10'000; ++i) { // and who comes and goes leaves nothing
            loop.timers().add(9, begin + at_ms(10'000));
            loop.timers().remove(9);
        }
        const std::size_t after = bytes_in_use(), grown = after > before ? after - before : 0;
        expects(grown < 40'000, "the memory in use does not grow", "it grew by " + std::to_string(grown) + " bytes");
    });
    you.finishes();
}
