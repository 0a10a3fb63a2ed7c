#include "13_length_prefix/length_prefix.h"

#include "lab/lab.h"

#include <stdexcept>
#include <system_error>

using namespace lab;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

constexpr std::uint32_t max_frame = 1 << 16;

std::string next_of(int fd)
{
    const auto frame = kata::read_frame(fd, max_frame);
    return frame ? std::string{text(*frame)} : "<the end>";
}

} // namespace

TEST(Works, WritesTheSizeAndThePayload)
{
    Learner you{
        {.rule = "a frame is the size as four bytes, most significant first, and then the payload.",
         .why = "Both sides must agree on width, order, and on what is counted: the size counts the payload and not itself.",
         .read = "man 3 byteorder",
         .ask = "Q3, Q49, Q51"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::write_frame(you.fd(), bytes("hello"));
        kata::write_frame(you.fd(), bytes(""));
        kata::write_frame(you.fd(), bytes(pattern(0x0201)));
    });
    ann.expects("\0\0\0\5hello"sv);
    ann.expects("\0\0\0\0"sv);
    ann.expects("\0\0\2\1"sv);
    ann.expects_size(0x0201);
    you.finishes();
}

TEST(Works, ReadsFrameByFrame)
{
    Learner you{
        {.rule = "two frames may come in one segment: take the first, leave every byte of the second.",
         .why = "recv() gives what you ask for, up to what is there. What you take beyond the frame is gone for the next call.",
         .read = "man 2 recv, DESCRIPTION; man 7 tcp, DESCRIPTION",
         .ask = "Q34, Q47, Q48"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("one", next_of(you.fd()));
        EXPECT_EQ("", next_of(you.fd()));
        EXPECT_EQ("a\0b"sv, next_of(you.fd()));
        EXPECT_EQ("<the end>", next_of(you.fd()));
    });
    ann.sends("\0\0\0\3one\0\0\0\0\0\0\0\3a\0b"sv);
    ann.finishes_writing();
    you.finishes();
}

TEST(Works, JoinsAFrameFromItsPieces)
{
    Learner you{{.rule = "a frame may come in many segments, and its size may be cut, too.",
                 .why = "recv() returns with what is there: one byte is enough. Ask again for the rest.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", next_of(you.fd()));
        EXPECT_EQ("world", next_of(you.fd()));
    });
    ann.dribbles("\0\0\0\5hello\0\0\0\5world"sv);
    you.finishes();
}

TEST(Robust, WritesTheRest)
{
    Learner you{
        {.rule = "the kernel may take a part of the frame; the rest is yours to send, also when the cut is inside the size.",
         .why = "A short write is no error. A frame that stops in the middle makes the other side wait for ever.",
         .read = "man 2 write, RETURN VALUE",
         .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(3);
    you.nth(Family::writing, 2).fails(EINTR);
    you.run([&] { kata::write_frame(you.fd(), bytes("hello, world")); });
    ann.expects("\0\0\0\14hello, world"sv);
    you.finishes();
}

TEST(Robust, ReadsOnAfterSignals)
{
    Learner you{{.rule = "a signal interrupts a recv(), not a frame; MSG_WAITALL does not change that.",
                 .why = "EINTR means that nothing was read. A short count after a signal means that something was.",
                 .read = "man 2 recv, MSG_WAITALL; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q35, Q88"}};
    Peer ann = you.wire("ann");
    you.nth(Family::reading, 1).fails(EINTR);
    you.nth(Family::reading, 3).fails(EINTR);
    you.nth(Family::reading, 4).moves_at_most(2);
    you.run([&] { EXPECT_EQ("hello", next_of(you.fd())); });
    ann.sends("\0\0\0\5hello"sv);
    you.finishes();
}

TEST(Robust, SendsASmallFrameInOneSegment)
{
    Learner you{
        {.rule = "size and payload of a small frame leave together.",
         .why = "Two small writes and then a read: the second one is held back until the first is acknowledged, and the receiver "
                "delays that. It costs about 40 ms for each request.",
         .read = "man 7 tcp, TCP_NODELAY and TCP_CORK; RFC 9293 section 3.7.4",
         .ask = "Q64"}};
    Peer ann = you.wire("ann");
    you.run([&] { kata::write_frame(you.fd(), bytes("ping")); });
    ann.expects("\0\0\0\4ping"sv);
    you.finishes();
    EXPECT_EQ(1u, ann.segments()) << "segments with data that came to ann";
}

TEST(Hostile, TellsAnEndFromACutFrame)
{
    Learner you{{.rule = "the end of the stream between two frames is an end; inside a frame it is an error.",
                 .why = "recv() gives 0 in both cases. Only you know whether a frame had begun.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q47"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    you.run([&] {
        EXPECT_THROW(next_of(you.fd(0)), std::runtime_error);
        EXPECT_EQ("whole", next_of(you.fd(1)));
        EXPECT_THROW(next_of(you.fd(1)), std::runtime_error);
    });
    ann.sends("\0\0"sv);
    ann.finishes_writing();
    bob.sends("\0\0\0\5whole\0\0\0\5ha"sv);
    bob.finishes_writing();
    you.finishes();
}

TEST(Hostile, ReportsAReset)
{
    Learner you{{.rule = "a reset is an error, not an end, even between two frames.",
                 .why = "ECONNRESET: the peer threw the connection away, perhaps with frames that were on their way.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_THROW(next_of(you.fd()), std::system_error); });
    ann.resets();
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
    you.run([&] {
        EXPECT_EQ(pattern(max_frame), next_of(you.fd(0)));
        EXPECT_THROW(next_of(you.fd(0)), std::length_error);
        EXPECT_THROW(next_of(you.fd(1)), std::length_error);
    });
    ann.sends("\0\1\0\0"s + pattern(max_frame) + "\0\1\0\1"s);
    bob.sends("\xFF\xFF\xFF\xFF");
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
    you.run([&] { EXPECT_THROW(kata::write_frame(you.fd(), bytes(pattern(1000))), std::system_error); });
    ASSERT_TRUE(you.paused()) << "you never tried to send";
    ann.closes();
    you.resume();
    you.finishes();
}
