// What is no reason to try again, or to give up.
#include "frames.h"
#include "lab/script/at_allocation.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <utility>

using namespace lab;
using namespace std::string_view_literals;

TEST(Robust, ThrowsWhatNoNextTryMends)
{
    constexpr Lesson lesson{
        .rule = "EINTR alone is worth another try. Any other errno is an exception: before a frame or inside of one, when you "
                "write and when you read.",
        .why =
            "A signal is over when the call has returned. A shortage is not: the next try is the first step of a loop "
            "that burns the CPU. And ETIMEDOUT, EHOSTUNREACH say that the kernel has given the connection up: no end has come.",
        .read = "man 2 send, ENOBUFS; man 2 recv, ENOMEM; man 7 tcp, ERRORS; man 7 signal",
        .ask = "Q29, Q42"};
    for (const auto& [writing, reading] : {std::pair{ENOBUFS, ENOMEM}, {ETIMEDOUT, ETIMEDOUT}, {EHOSTUNREACH, EHOSTUNREACH}})
        for (const std::uint32_t n : {1u, 2u}) { // the second call reads inside of the frame
            Learner you{lesson};
            Peer ann = you.wire("ann");
            ann.sends("\0\0\0\5hello"sv);
            you.nth(Family::writing, 1).fails(writing);
            you.nth(Family::reading, n).fails(reading);
            you.run([&, to_write = writing, to_read = reading] {
                expects_error(to_write, [&] { kata::write_frame(you.fd(), bytes("hello")); });
                EXPECT_EQ(std::string{"threw "} + ::strerrorname_np(to_read), next_of(you.fd()));
            });
            you.finishes();
            if (HasFailure())
                return;
        }
}

TEST(Robust, WritesAFrameOfAnySize)
{
    constexpr Lesson lesson{.rule = "the size has four bytes, and a frame may need them all: 0xFFFFFFFF is the largest.",
                            .why = "0xFFFFFFFF and four more are 3 in 32 bits. Count what is to be sent in a std::size_t.",
                            .read = "the contract in length_prefix.h",
                            .ask = "Q49, Q51"};
    for (const std::uint32_t size : {0x01020304u, 0xFFFFFFFCu, 0xFFFFFFFFu}) {
        const bool can_be_copied = size < 0x10000000;
        if (!can_be_copied && !memory_can_run_out)
            return; // whoever copies it would have it all
        Learner you{lesson};
        Peer ann = you.wire("ann", {.learner_send_buffer = 16384, .peer_receive_buffer = 16384});
        you.run([&] {
            std::string came = "it returned";
            try {
                const AtAllocation copies{[&] { can_be_copied ? void() : throw std::bad_alloc{}; }};
                kata::write_frame(you.fd(), zeros(size));
            } catch (const std::bad_alloc&) {
                came = can_be_copied ? "std::bad_alloc" : "an exception"; // nobody has so much memory here
            } catch (const std::system_error&) {
                came = "an exception";
            }
            EXPECT_EQ("an exception", came) << "ann left before the end of a frame of " << size << " bytes";
        });
        std::string expected;
        for (const int shift : {24, 16, 8, 0})
            expected += static_cast<char>(size >> shift);
        const std::string came = ann.receives(4); // nothing where there is no memory
        expects(came == expected || (came.empty() && !can_be_copied),
                "the four bytes of the size of a frame of " + std::to_string(size) + " bytes",
                std::to_string(came.size()) + " bytes that are not these");
        ann.closes();
        you.finishes();
        if (HasFailure())
            return;
    }
}

TEST(Robust, WaitsAsLongAsItTakes)
{
    Learner you{
        {.rule = "a peer may think for weeks, before a frame or in the middle of one: you have no time limit of your own.",
         .why =
             "SO_RCVTIMEO is the caller's limit. Who adds one of his own takes a slow peer for a broken one. So does who writes, "
             "and does not wait for room: a full buffer says that the peer has not read yet.",
         .read = "man 2 recv, DESCRIPTION; man 2 poll, timeout; man 2 send, MSG_DONTWAIT",
         .ask = "Q34, Q35"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.learner_send_buffer = 16384, .peer_receive_buffer = 16384});
    const std::string payload = pattern(300'000); // more than fits into the kernel
    you.nth(Family::writing, 1).moves_at_most(5);
    you.run([&] {
        EXPECT_EQ("hello", next_of(you.fd(0)));
        EXPECT_EQ("no error", error_of([&] { kata::write_frame(you.fd(1), bytes(payload)); }));
    });
    for (const std::string_view piece : {"\0\0\0\5he"sv, "llo"sv}) {
        you.time_passes(10min);
        if (you.waits_in_vain() == 0)  // else it looks up now and then, has no such limit, and each look costs time
            you.time_passes(25 * 24h); // more milliseconds than an int has
        ann.sends(piece);
    }
    you.time_passes(25 * 24h); // bob reads nothing
    EXPECT_EQ(4u, bob.receives(4).size()) << "bytes of the size of the frame for bob";
    bob.expects_size(payload.size());
    you.finishes();
}

TEST(Robust, WorksOnAUnixSocketToo)
{
    Learner you{{.rule = "a stream is a stream: frames go over a Unix socket as over TCP.",
                 .why = "Options of TCP do not exist there: setsockopt() says EOPNOTSUPP. MSG_NOSIGNAL and MSG_MORE do no harm.",
                 .read = "man 7 unix, DESCRIPTION; man 7 tcp, TCP_CORK; man 2 setsockopt, ERRORS",
                 .ask = "Q34, Q64"}};
    Peer ann = you.unix_wire("ann");
    you.run([&] {
        EXPECT_EQ("ping", next_of(you.fd()));
        EXPECT_EQ("no error", error_of([&] { kata::write_frame(you.fd(), bytes("pong")); }));
    });
    ann.sends("\0\0\0\4ping"sv);
    ann.expects("\0\0\0\4pong"sv);
    you.finishes();
}

TEST(Hostile, SaysThatTheTimeIsUp)
{
    Learner you{{.rule = "a receive timeout is the caller's: when it passes, throw EAGAIN.",
                 .why = "With SO_RCVTIMEO recv() gives up with EAGAIN. Nothing came, but the stream has not ended either.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 recv, EAGAIN",
                 .ask = "Q33, Q35"},
                {.deadline = 1s}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy"), dan = you.wire("dan"), eve = you.wire("eve");
    you.may_change("SO_RCVTIMEO"); // the test does
    you.run([&] {
        const timeval soon{0, 10'000};
        for (std::size_t i = 0; i < 5; ++i) {
            ::setsockopt(you.fd(i), SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
            wait_for_the_test();
            EXPECT_EQ("threw EAGAIN", next_of(you.fd(i)));
        }
    });
    ASSERT_TRUE(you.paused());
    you.resume(); // between two frames
    ASSERT_TRUE(you.paused());
    bob.sends("\0\0\0\5he"sv);
    you.resume(); // inside of one
    ASSERT_TRUE(you.paused());
    cy.sends("\0\0\0\x20half of what"sv);
    you.resume(); // far inside
    ASSERT_TRUE(you.paused());
    dan.sends("\0\0"sv);
    you.resume(); // inside of the size
    ASSERT_TRUE(you.paused());
    eve.sends("\0\0\0\5"sv);
    you.resume(); // and right behind it
    you.finishes();
}
