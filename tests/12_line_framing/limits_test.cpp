#include "lines.h"

#include <sys/socket.h>
#include <sys/time.h>

using namespace lab;
using kata::LineReader;

TEST(Hostile, RefusesALineWithoutEnd)
{
    constexpr Lesson lesson{.rule = "a line has a limit, small or large, and it is enforced while the line grows.",
                            .why = "Without it one client fills the memory of the server with a line that never ends. So it does "
                                   "where the pieces grow with the line.",
                            .read = "man 3 getline, for what an unbounded one does",
                            .ask = "Q47, Q50"};
    for (const std::size_t limit : {max_line, std::size_t{128 * 1024}}) {
        Learner you{lesson, {.deadline = 10s, .cpu = 8s}};               // byte by byte is slow, not endless
        Peer ann = you.wire("ann", {.learner_receive_buffer = 200'000}); // so one piece may be large
        const std::size_t flood = ann.floods(300 * 1024); // before you begin: how much you find does not depend on luck
        ann.finishes_writing();
        you.run([&] {
            LineReader lines{you.fd(), limit};
            EXPECT_EQ("threw length_error", next_of(lines));
        });
        you.finishes();
        constexpr std::size_t ahead = 65536;
        expects(you.bytes_taken() <= limit + ahead,
                "no reading on: at most 64 KiB ahead of the limit of " + std::to_string(limit) + " bytes",
                std::to_string(you.bytes_taken()) + " of " + std::to_string(flood) + " bytes were read");
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Hostile, ReadsLittleAhead)
{
    Learner you{
        {.rule = "you read ahead 64 KiB at most, however many lines wait: what you do not need yet stays in the kernel.",
         .why = "A full buffer of the kernel slows the sender down. Who takes a piece more with each line, whatever he still "
                "has, keeps all that a client can send in the memory of the server.",
         .read = "the contract in line_framing.h; RFC 9293 section 3.8.6, for the window",
         .ask = "Q47, Q50"}};
    Peer ann = you.wire("ann", {.learner_receive_buffer = 200'000});
    constexpr std::size_t wanted = 100, each = 6, ahead = 65536;
    std::string shorts;
    while (shorts.size() < 2 * ahead)
        shorts += "short\n";
    ann.sends(shorts);
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        for (std::size_t i = 0; i < wanted; ++i)
            EXPECT_EQ("short", next_of(lines));
    });
    you.finishes();
    expects(you.bytes_taken() <= wanted * each + ahead, "at most 64 KiB ahead of 100 lines of 6 bytes",
            std::to_string(you.bytes_taken()) + " bytes were read");
}

TEST(Hostile, LimitsTheLineAndNothingElse)
{
    const std::string longest(max_line, 'x');
    Learner you{
        {.rule = "a line of exactly the limit passes, whatever its ending and whatever comes behind it.",
         .why = "The limit counts the bytes of the line: not its ending, and not the lines that came in the same segment.",
         .read = "the contract in line_framing.h",
         .ask = "Q47, Q50"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ(longest, next_of(lines));
        EXPECT_EQ(longest, next_of(lines));
        for (int i = 0; i < 150; ++i)
            EXPECT_EQ("short", next_of(lines));
        EXPECT_EQ("threw length_error", next_of(lines));
    });
    std::string shorts;
    for (int i = 0; i < 150; ++i) // more than the limit in all
        shorts += "short\r\n";
    ann.sends(longest + "\r");
    ann.sends("\n" + longest + "\n" + shorts + longest + "x\nbehind\n");
    you.finishes();
}

TEST(Hostile, RefusesALineAsSoonAsItIsTooLong)
{
    Learner you{{.rule = "one byte more than the limit is too long: throw at once. The newline may never come.",
                 .why = "A \"\\r\" may be the begin of an ending; followed by anything but \"\\n\", also by the end, it is a "
                        "byte of the line.",
                 .read = "the contract in line_framing.h",
                 .ask = "Q47, Q50"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve"), dan = you.wire("dan"), fay = you.wire("fay"),
         gus = you.wire("gus");
    you.run([&] {
        LineReader of_ann{you.fd(0), 4}, of_bob{you.fd(1), 4}, of_eve{you.fd(2), 4}, of_dan{you.fd(3), 4}, of_fay{you.fd(4), 4},
            of_gus{you.fd(5), 4};
        EXPECT_EQ("threw length_error", next_of(of_ann));
        EXPECT_EQ("threw length_error", next_of(of_bob));
        EXPECT_EQ("threw length_error", next_of(of_eve));
        EXPECT_EQ("threw length_error", next_of(of_dan));
        EXPECT_EQ("threw length_error", next_of(of_fay));
        EXPECT_EQ("threw length_error", next_of(of_gus));
    });
    ann.sends("fiver"); // and then silence
    bob.sends("four\rx");
    eve.sends("four\r");
    eve.finishes_writing();
    dan.dribbles("fiver");
    fay.sends("four\r\r"); // only the last one may be the begin of an ending
    gus.sends("four\r\r\n");
    you.finishes();
}

TEST(Hostile, LeavesTheConnectionToItsOwner)
{
    Learner you{{.rule = "a line that is too long ends your reading, and not the connection: its owner may want to answer.",
                 .why = "shutdown() ends it for every descriptor of the socket, also the one that you were lent.",
                 .read = "man 2 shutdown; the contract in line_framing.h",
                 .ask = "Q39, Q47"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), 4};
        EXPECT_EQ("threw length_error", next_of(lines));
        ::send(you.fd(), "too long\n", 9, MSG_NOSIGNAL);
    });
    ann.sends("fiver");
    ann.expects("too long\n");
    you.finishes();
}

TEST(Hostile, TakesALongLine)
{
    Learner you{{.rule = "a line may be as long as the limit allows, whatever the size of your buffer is.",
                 .why = "A buffer of your own is how much you ask for at a time, and no limit of a line.",
                 .read = "the contract in line_framing.h",
                 .ask = "Q47, Q50"},
                {.deadline = 10s, .cpu = 8s}}; // byte by byte is slow, not endless
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), 1 << 20};
        EXPECT_TRUE(next_of(lines) == pattern(70'000)) << "the line of 70000 bytes did not come back as it was";
        EXPECT_EQ("short", next_of(lines));
    });
    ann.sends(pattern(70'000) + "\nshort\n");
    you.finishes();
}

TEST(Hostile, TakesEveryLimit)
{
    Learner you{{.rule = "the limit may be 0, for empty lines only, and SIZE_MAX, for no limit, and any number between.",
                 .why = "SIZE_MAX + 1 is 0, and a narrower type loses bits. And a limit is no amount: memory follows what came.",
                 .read = "the contract in line_framing.h",
                 .ask = "Q47, Q50"}};
    constexpr std::size_t half_of_its_bits = std::size_t{1} << sizeof(std::size_t) * 4;
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy"), dan = you.wire("dan"), eve = you.wire("eve");
    you.run([&] {
        LineReader all{you.fd(0), SIZE_MAX}, none{you.fd(1), 0}, most{you.fd(2), SIZE_MAX / 2 + 1},
            many{you.fd(3), half_of_its_bits}, nearly_all{you.fd(4), SIZE_MAX - 1}; // with "\r\n" it is 0
        EXPECT_EQ("hello", next_of(all));
        EXPECT_EQ("", next_of(none));
        EXPECT_EQ("", next_of(none));
        EXPECT_EQ("threw length_error", next_of(none));
        EXPECT_EQ("hello", next_of(most));
        EXPECT_EQ("hello", next_of(many));
        EXPECT_EQ("hello", next_of(nearly_all));
    });
    ann.sends("hello\r\n");
    bob.sends("\n\r\nx");
    cy.sends("hello\r\n");
    dan.sends("hello\r\n");
    eve.sends("hello\r\n");
    you.finishes();
}

TEST(Hostile, SaysThatTheTimeIsUp)
{
    Learner you{{.rule = "a receive timeout is the caller's: when it passes, throw EAGAIN.",
                 .why = "With SO_RCVTIMEO recv() gives up with EAGAIN. Nothing came, but the stream has not ended either.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 recv, EAGAIN",
                 .ask = "Q33, Q35"},
                {.own_time = 10s}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.may_change("SO_RCVTIMEO"); // the test does
    you.run([&] {
        for (const int fd : {you.fd(0), you.fd(1)}) {
            const timeval soon{1, 500'000};
            ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
            LineReader lines{fd, max_line};
            wait_for_the_test();
            EXPECT_EQ("threw EAGAIN", next_of(lines));
        }
    });
    ASSERT_TRUE(you.paused());
    you.resume(); // nothing comes
    ASSERT_TRUE(you.paused());
    bob.sends("half a li");
    you.resume();
    you.finishes();
    expects(you.took() >= 3s, "EAGAIN after 1500 ms, twice", "both came within " + std::to_string(you.took().count()) + " ms");
}
