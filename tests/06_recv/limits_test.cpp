#include "amounts.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>

using namespace lab;

TEST(Robust, TreatsTheMaximumAsALimit)
{
    Learner you{{.rule = "max is a limit, not an amount: exactly max is allowed, and memory follows what came.",
                 .why = "Only one byte more, or the end, tells whether max was enough. SIZE_MAX is legal, and SIZE_MAX + 1 is 0.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.unix_wire("eve"), joe = you.wire("joe"), kim = you.wire("kim");
    you.run([&] {
        EXPECT_EQ("hello", until_eof(you.fd(0), 5));
        EXPECT_EQ("", until_eof(you.fd(1), 0));
        EXPECT_EQ("hello", until_eof(you.fd(2), SIZE_MAX));
        EXPECT_EQ("hello", until_eof(you.fd(3), (std::size_t{1} << 32) + 3)); // 3 in 32 bits
        EXPECT_EQ("hello", until_eof(you.fd(4), SIZE_MAX - 1));               // -2, signed
    });
    bob.finishes_writing();
    for (Peer* peer : {&ann, &eve, &joe, &kim}) {
        peer->sends("hello");
        peer->finishes_writing();
    }
    you.finishes();
}

TEST(Robust, ReservesWhatCame)
{
    Learner you{{.rule = "memory follows what came: for 5 bytes, no more than 64 KiB are reserved.",
                 .why = "A thousand connections that each reserve the maximum need it a thousand times, whatever they send.",
                 .read = "the contract in recv.h",
                 .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        const std::vector<std::byte> all = kata::recv_until_eof(you.fd(), 64 << 20);
        EXPECT_EQ("hello", text(all));
        expects(all.capacity() <= 5 + 65'536, "room for at most 65541 bytes",
                "room for " + std::to_string(all.capacity()) + " bytes");
    });
    ann.sends("hello");
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, CountsBeyondFourGigabytes)
{
    Learner you{{.rule = "a length is a std::size_t: it does not fit into an int.",
                 .why = "4 GiB + 16 bytes are 16 in 32 bits. One recv() moves 2 GiB at most: the loop does the rest.",
                 .read = "man 2 read, NOTES",
                 .ask = "Q33, Q36"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        constexpr std::size_t size = (std::size_t{1} << 32) + 16; // pages that nobody writes cost no memory
        void* room = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ASSERT_NE(MAP_FAILED, room);
        EXPECT_EQ(20'000u, kata::recv_exactly(you.fd(), {static_cast<std::byte*>(room), size})) << "bytes, and then the end";
        ::munmap(room, size);
    });
    ann.sends(pattern(20'000));
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, SaysThatTheTimeIsUp)
{
    constexpr Lesson lesson{.rule = "a receive timeout is the caller's: when it passes, throw EAGAIN.",
                            .why =
                                "With SO_RCVTIMEO recv gives up with EAGAIN. Nothing came, but the stream has not ended either. "
                                "What you ask the socket for the sake of your message may fail, with another errno.",
                            .read = "man 7 socket, SO_RCVTIMEO; man 2 recv, EAGAIN",
                            .ask = "Q33, Q35"};
    for (const bool local : {false, true}) {
        if (HasFailure())
            return;
        Learner you{lesson, {.deadline = 1s}};
        Peer ann = local ? you.unix_wire("ann") : you.wire("ann");
        you.may_change("SO_RCVTIMEO"); // the test does
        you.run([&] {
            const timeval soon{0, 10'000};
            ::setsockopt(you.fd(), SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
            EXPECT_EQ("threw EAGAIN", exactly(you.fd(), 5));
            EXPECT_EQ("threw EAGAIN", until_eof(you.fd(), 5));
            wait_for_the_test();
            EXPECT_EQ("threw EAGAIN", exactly(you.fd(), 5)); // a part has come
            wait_for_the_test();
            EXPECT_EQ("threw EAGAIN", until_eof(you.fd(), 3)); // all that is allowed, and no end
        });
        for (int i = 0; i < 2; ++i) {
            ASSERT_TRUE(you.paused());
            ann.sends("hel");
            you.resume();
        }
        you.finishes();
    }
}

TEST(Robust, CountsNoSignals)
{
    constexpr Lesson lesson{
        .rule = "a signal is no failure, however many come before the next byte.",
        .why = "A timer of one millisecond sends a thousand in each second. How long to wait is for the caller to "
               "say, and how many signals come meanwhile says nothing about the peer.",
        .read = "man 2 recv, EINTR; man 7 signal, \"Interruption of system calls\"",
        .ask = "Q35, Q88"};
    for (const bool all : {false, true}) {
        if (HasFailure())
            return;
        Learner you{lesson, {.idle_calls = 0}};
        Peer ann = you.wire("ann");
        you.first(Family::reading, 1100).fails(EINTR);
        you.run([&] { EXPECT_EQ("hello", all ? until_eof(you.fd(), 1000) : exactly(you.fd(), 5)); });
        ann.sends("hello");
        ann.finishes_writing();
        you.finishes();
    }
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the caller has blocked waits until he wants it: your sleep does not let it in.",
                 .why = "ppoll() and pselect() sleep with the mask that they are given. An empty one opens what was closed, and "
                        "here SIGTERM ends the process in the middle of the wait.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q35, Q88"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        while_a_signal_is_blocked([&] {
            EXPECT_EQ("hello", exactly(you.fd(), 5));
            EXPECT_EQ("world", until_eof(you.fd(), 5));
        });
    });
    for (const char* piece : {"hel", "lo", "world"})
        ann.sends(piece);
    ann.finishes_writing();
    you.finishes();
}

TEST(Hostile, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is an exception, and neither a short count nor the end.",
                            .why = "A recv() that fails for want of memory tells nothing about the peer.",
                            .read = "man 2 recv, ENOMEM",
                            .ask = "Q33, Q38"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.run([&] {
            told_or_done([&] {
                char room[5];
                const std::size_t n = kata::recv_exactly(you.fd(0), std::as_writable_bytes(std::span{room}));
                expects(n == 5, "5 bytes", std::to_string(n) + " bytes");
            });
            told_or_done([&] {
                const std::vector<std::byte> all = kata::recv_until_eof(you.fd(1), 1000);
                expects(text(all) == "world", "\"world\"", std::to_string(all.size()) + " bytes");
            });
        });
        ann.sends("hel");
        ann.sends("lo");
        bob.sends("wor");
        bob.sends("ld");
        bob.finishes_writing();
        you.finishes();
    });
}

TEST(Hostile, RefusesAByteTooManyAtOnce)
{
    Learner you{{.rule = "one byte more than max is too long: throw at once. The end may never come.",
                 .why = "A reply that was cut looks complete; and while you wait for the end, this peer holds you.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("threw length_error", until_eof(you.fd(0), 5));
        EXPECT_EQ("threw length_error", until_eof(you.fd(1), 0));
        ::send(you.fd(0), "too long", 8, MSG_NOSIGNAL); // both directions are still there
        expects_to_hear(you.fd(0), "sorry");
    });
    ann.sends("hello!");
    bob.sends("!");
    ann.expects("too long");
    ann.sends("sorry");
    you.finishes();
}

TEST(Hostile, StopsAFlood)
{
    constexpr Lesson lesson{.rule = "a peer that sends without end costs you max bytes, and not all of your memory.",
                            .why =
                                "Each byte that you take makes room for another. What you leave in the kernel stops the sender.",
                            .read = "man 7 tcp, DESCRIPTION",
                            .ask = "Q30, Q33"};
    for (const std::size_t max : {10'000u, 132'000u, 290'000u, 0u}) { // blocks that are too large; that grow, fast and slowly
        Learner you{lesson};
        Peer ann = you.wire("ann", {.learner_receive_buffer = 200'000});
        ann.floods(1 << 22); // the buffers are full before the first recv
        you.run([&] { EXPECT_EQ("threw length_error", until_eof(you.fd(), max)); });
        you.settles();
        const std::size_t limit = max + 65'536;
        const std::string most = "at most " + std::to_string(limit) + " bytes taken",
                          all = std::to_string(you.bytes_taken()) + " bytes taken";
        EXPECT_EQ(most, you.bytes_taken() <= limit ? most : all);
        you.finishes();
        if (you.count(Family::reading) > 1000)
            return; // its blocks are small, and more would take long
    }
}
