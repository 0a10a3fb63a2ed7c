// Sizes, threads, and what comes together.
#include "reads.h"

#include <string_view>
#include <sys/mman.h>
#include <sys/socket.h>
#include <thread>

using namespace lab;

TEST(Robust, CountsBeyondFourGigabytes)
{
    Learner you{{.rule = "a length is a std::size_t: it does not fit into an int.",
                 .why = "4 GiB + 16 bytes are 16 in 32 bits, and a recv() of what is left, 0 bytes, looks like the end.",
                 .read = "man 2 recv, RETURN VALUE; man 2 read, NOTES",
                 .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        constexpr std::size_t size = (std::size_t{1} << 32) + 16; // pages that nobody writes cost no memory
        void* room = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ASSERT_NE(MAP_FAILED, room);
        const kata::IoResult result = kata::recv_exactly_until(you.fd(), {static_cast<std::byte*>(room), size}, in(200ms));
        EXPECT_EQ(20'000u, result.n) << "bytes, and then the end";
        ::munmap(room, size);
    });
    ann.sends(pattern(20'000));
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, TwoThreadsWaitAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two threads wait for two sockets at once, and each gets what its own peer sent.",
        .why = "The first one is held when its bytes have come, or just before it sleeps. A static place is one for all threads: "
               "what one has put there, the other one writes over; then it gives back, or waits for, what is not its own.",
        .read = "man 7 pthreads, \"Thread-safe functions\"",
        .ask = "Q33, Q34"};
    for (const Family held : {Family::reading, Family::waiting}) {
        Learner you{lesson, {.own_time = 2h}};
        Peer ann = you.wire("ann"), bob = you.wire("bob"), di = you.wire("di"); // di tells the second thread when
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&] {
            std::thread other{[&] {
                expects_to_hear(you.fd(2), "go");
                EXPECT_EQ("HELLO, ok", until(you.fd(1), 5, 1h));
            }};
            EXPECT_EQ("hello, ok", until(you.fd(0), 5, 1h));
            other.join();
        });
        if (held == Family::reading) {
            ann.sends("hello");
            ASSERT_TRUE(you.paused());
        }
        di.sends("go");
        bob.sends("HELLO");
        you.settles(); // that one is through
        you.resume();
        if (held == Family::waiting)
            ann.sends("hello");
        you.finishes();
        expects(you.took() == 0ms, "you wake up when bytes come: no time passes",
                std::to_string(you.took().count()) + " ms passed");
        if (HasFailure())
            return;
    }
}

TEST(Hostile, TakesWhatCameInOneSleep)
{
    constexpr Lesson lesson{.rule = "bytes and the end that came in one sleep: take the bytes, and then look how it ended.",
                            .why = "poll() reports both together. POLLERR, POLLRDHUP, and POLLHUP where your own stream has "
                                   "ended too, say nothing of the bytes before them; and SO_ERROR takes the reset away.",
                            .read = "man 2 poll, POLLERR, POLLHUP and POLLRDHUP; man 7 socket, SO_ERROR",
                            .ask = "Q38, Q68"};
    for (const std::string_view how : {"a reset", "an end", "the second end"}) {
        const bool resets = how == "a reset";
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.nth(Family::waiting, 1).pauses();
        you.run([&] {
            if (how == "the second end")
                ::shutdown(you.fd(), SHUT_WR);
            EXPECT_EQ("hel, ok", until(you.fd(), 3, 1h));
            EXPECT_EQ(resets ? "lo, reset" : "lo, eof", until(you.fd(), 5, 1h));
        });
        ann.sends("hello");
        if (resets)
            ann.resets();
        else
            ann.finishes_writing();
        you.settles(); // all of it has come
        you.resume();
        you.finishes();
    }
}
