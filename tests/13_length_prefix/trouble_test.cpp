#include "frames.h"

#include <sys/socket.h>

using namespace lab;
using namespace std::string_literals;
using namespace std::string_view_literals;

TEST(Hostile, TellsAnEndFromACutFrame)
{
    Learner you{{.rule = "the end of the stream between two frames is an end; inside a frame it is an error.",
                 .why = "recv() gives 0 in both cases. Only you know whether a frame had begun.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q47"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    Peer eve = you.wire("eve");
    you.run([&] {
        EXPECT_EQ("threw runtime_error", next_of(you.fd(0)));
        EXPECT_EQ("whole", next_of(you.fd(1)));
        EXPECT_EQ("threw runtime_error", next_of(you.fd(1)));
        EXPECT_EQ("threw runtime_error", next_of(you.fd(2)));
    });
    ann.sends("\0\0"sv);
    ann.finishes_writing();
    bob.sends("\0\0\0\5whole\0\0\0\5ha"sv);
    bob.finishes_writing();
    eve.sends("\0\0\0\5"sv);
    eve.finishes_writing();
    you.finishes();
}

TEST(Hostile, ReportsAReset)
{
    Learner you{{.rule = "a reset is an error, not an end, even between two frames.",
                 .why = "ECONNRESET: the peer threw the connection away, perhaps with frames that were on their way.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("threw ECONNRESET", next_of(you.fd(0)));
        EXPECT_EQ("threw ECONNRESET", next_of(you.fd(1)));
    });
    ann.resets();
    bob.sends("\0\0\0\5he"sv);
    bob.resets();
    you.finishes();
}

TEST(Hostile, ReadsWhatCameBeforeTheEnd)
{
    Learner you{{.rule = "a whole frame that has come is a frame, whatever came behind it: a reset, or the end of both streams.",
                 .why = "recv() gives the bytes first, and then says how the stream ended. POLLHUP and SO_ERROR say it before.",
                 .read = "man 2 poll, POLLHUP; man 7 socket, SO_ERROR; man 2 recv",
                 .ask = "Q33, Q42"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    you.run([&] {
        ::shutdown(you.fd(1), SHUT_WR); // you have said all that you wanted to say to bob
        wait_for_the_test();
        EXPECT_EQ("whole", next_of(you.fd(0)));
        EXPECT_EQ("threw ECONNRESET", next_of(you.fd(0)));
        EXPECT_EQ("whole", next_of(you.fd(1)));
        EXPECT_EQ("<the end>", next_of(you.fd(1)));
    });
    ASSERT_TRUE(you.paused());
    ann.sends("\0\0\0\5whole"sv);
    ann.resets();
    bob.sends("\0\0\0\5whole"sv);
    bob.finishes_writing();
    you.resume();
    you.finishes();
}

TEST(Hostile, TakesAFrameOfExactlyTheLimit)
{
    Learner you{{.rule = "a frame of exactly the limit is allowed.",
                 .why = "The limit counts the bytes of the payload, and not the four of the size.",
                 .read = "the contract in length_prefix.h",
                 .ask = "Q49"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_TRUE(next_of(you.fd()) == pattern(max_frame)) << "the payload of 65536 bytes did not come back as it was";
    });
    ann.sends("\0\1\0\0"s + pattern(max_frame));
    you.finishes();
}

TEST(Hostile, ChecksTheSizeBeforeItReserves)
{
    Learner you{{.rule = "the size is the peer's word: check it before you reserve memory, and treat it as unsigned.",
                 .why = "Four bytes from anybody would make the server reserve 4 GiB.",
                 .read = "the contract in length_prefix.h",
                 .ask = "Q49, Q50"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    Peer eve = you.wire("eve");
    you.run([&] {
        EXPECT_EQ("threw length_error", next_of(you.fd(0)));
        EXPECT_EQ("threw length_error", next_of(you.fd(1)));
        EXPECT_EQ("threw length_error", next_of(you.fd(2)));
    });
    ann.sends("\0\1\0\1"s);
    bob.sends("\xFF\xFF\xFF\xFF");
    eve.sends("\1\0\0\5hello"s); // 16 MiB and 5 bytes
    you.finishes();
}

TEST(Hostile, SurvivesAPeerThatIsGone)
{
    Learner you{{.rule = "writing to a peer that is gone is an error that you can catch, and never a signal.",
                 .why = "The first write after the peer has closed is answered by a reset, the next raises SIGPIPE: MSG_NOSIGNAL "
                        "turns it into EPIPE.",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61"}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 1).pauses();
    you.every(Family::writing).is_delayed(1ms); // the reset is the kernel's answer to your first send: give it time to come
    you.every(Family::writing).moves_at_most(4);
    you.run([&] {
        const auto writes = [&] {
            for (int i = 0; i < 2; ++i) // where a frame leaves all at once, only the next one can know
                kata::write_frame(you.fd(), bytes(pattern(1000)));
        };
        EXPECT_THROW(writes(), std::system_error);
    });
    ASSERT_TRUE(you.paused()) << "you never tried to send";
    ann.closes();
    you.resume();
    you.finishes();
}

TEST(Hostile, RefusesToWriteMoreThanFourBytesCanSay)
{
    constexpr Lesson lesson{.rule = "a payload of more than 0xFFFFFFFF bytes has no size in four bytes: throw, and send nothing.",
                            .why = "4 GiB + 5 is 5 in 32 bits, and 4 GiB is 0: the other side would take the rest for frames.",
                            .read = "the contract in length_prefix.h",
                            .ask = "Q49, Q51"};
    constexpr std::size_t four_gib = std::size_t{1} << 32;
    for (const std::size_t size : {four_gib + 5, four_gib}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            std::string came = "it returned";
            try {
                kata::write_frame(you.fd(), zeros(size));
            } catch (const std::length_error&) {
                came = "it threw std::length_error";
            }
            EXPECT_EQ("it threw std::length_error", came);
            wait_for_the_test();
        });
        ann.expects_silence();
        you.finishes();
        if (HasFailure())
            return;
    }
}

TEST(Hostile, TakesTheLargestLimit)
{
    Learner you{{.rule = "the limit may be 0, and it may be 0xFFFFFFFF: no limit at all.",
                 .why = "0xFFFFFFFF is -1 in an int, and 0xFFFFFFFF + 4 is 3 in 32 bits.",
                 .read = "the contract in length_prefix.h",
                 .ask = "Q49, Q51"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", next_of(you.fd(), 0xFFFFFFFF));
        EXPECT_EQ("", next_of(you.fd(), 0));
        EXPECT_EQ("threw length_error", next_of(you.fd(), 0));
    });
    ann.sends("\0\0\0\5hello\0\0\0\0\0\0\0\1x"sv);
    you.finishes();
}

TEST(Hostile, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is an exception, and neither a frame nor the end.",
                            .why = "A call that fails for want of memory tells nothing about the peer.",
                            .read = "man 2 recv, ENOMEM; man 2 send, ENOBUFS",
                            .ask = "Q33, Q42"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.run([&] {
            told_or_done([&] {
                const auto frame = kata::read_frame(you.fd(0), max_frame);
                expects(frame && text(*frame) == "hello", "the frame \"hello\"", frame ? "another frame" : "the end");
            });
            const bool written = told_or_done([&] { kata::write_frame(you.fd(0), bytes("hello")); });
            ::send(you.fd(1), written ? "yes" : "no.", 3, MSG_NOSIGNAL);
        });
        ann.sends("\0\0\0\5hello"sv);
        if (bob.receives(3) == "yes")
            ann.expects("\0\0\0\5hello"sv);
        you.finishes();
    });
}
